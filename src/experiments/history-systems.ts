import { BLOOD_INTERVAL, PENDULUM_INTERVAL, PREY_INTERVAL } from '#src/sequences/natural-systems.ts';

/** How pages speak of a system: what is seen of it, in which unit, and how far one value is from the next. */
interface SystemWords {
  name: string;
  quantity: string;
  unit: string;
  step: string;
}

export const systemWords = {
  pendulum: {
    name: 'A pendulum',
    quantity: 'angle',
    unit: 'degrees',
    step: `${PENDULUM_INTERVAL} seconds`,
  },
  'predator-prey': {
    name: 'Predator and prey',
    quantity: 'prey',
    unit: 'relative to balance',
    step: `${PREY_INTERVAL} units of time`,
  },
  logistic: {
    name: 'The logistic map',
    quantity: 'population',
    unit: 'share of the largest',
    step: 'generation',
  },
  'mackey-glass': {
    name: 'The Mackey-Glass system',
    quantity: 'blood cells',
    unit: 'relative number',
    step: `${BLOOD_INTERVAL} days`,
  },
} as const satisfies Record<string, SystemWords>;

export type SystemName = keyof typeof systemWords;
