import { meanOf, type Kind } from './kind.ts';

/** A ball that is thrown: metres from the hand and above the ground, a fifth of a second apart, without the drag of the air. */
const FRAMES = Array.from({ length: 9 }, (_, i) => {
  const seconds = i / 5;
  return { x: 5 * seconds, y: 1 + 8 * seconds - (9.81 / 2) * seconds * seconds };
}).map(({ x, y }) => ({ x: Math.round(x * 100) / 100, y: Math.round(y * 100) / 100 }));

/** Metres that fill the bar under a frame, and a jump that the ball itself never makes. */
const FULL_BAR = 8;
const JUMP = 1.9;

/** The way that the ball would have to go through the frames as they stand. */
export function frames(): Kind {
  return {
    name: 'frames',
    whole: 'the throw',
    one: 'frame',
    many: 'frames',
    items: FRAMES.map(({ x, y }) => ({
      text: `${x} m`,
      detail: `${y} m up`,
      said: `ball at ${x} m, ${y} m up`,
      numbers: [x, y],
    })),
    scale: {
      name: 'Path of the ball',
      unit: 'm',
      perPlace: 'way from the frame before (m)',
      caption:
        'Under each frame: how far the ball is from where it was one frame before. ▲ marks a jump that no ball makes.',
      worse: 'higher',
      digits: 1,
      from: 0,
    },
    notes: [],
    measure(order) {
      const ways = order.slice(1).map((item, i) => distance(FRAMES[item]!, FRAMES[order[i]!]!));
      return {
        score: meanOf(ways) * ways.length,
        marks: [
          { label: '', value: null, broken: false },
          ...ways.map((way) => ({
            label: `${way.toFixed(1)} m`,
            value: way,
            share: Math.min(1, way / FULL_BAR),
            broken: way > JUMP,
          })),
        ],
      };
    },
    tell: (_, __, order) =>
      order.every((item, place) => item === FRAMES.length - 1 - place)
        ? ['Backwards it is the same path: this score cannot tell a throw from one that runs backwards.']
        : [],
  };
}

function distance(a: { x: number; y: number }, b: { x: number; y: number }): number {
  return Math.sqrt((a.x - b.x) ** 2 + (a.y - b.y) ** 2);
}
