/** How many states of a network are kept, from before training to after it. */
export const SNAPSHOTS = 8;

/** How the errors of each subject are named and written. */
export const subjects = {
  temperature: {
    unit: '°C',
    digits: 2,
    quantity: 'error of the next hour in °C',
    axis: 'error of the next hour, in °C',
    of: 'the forecast of the next hour is off by',
  },
  text: {
    unit: 'bits',
    digits: 2,
    quantity: 'surprise per character in bits',
    axis: 'surprise at each next character, in bits',
    of: 'each next character is a surprise of',
  },
} as const;
