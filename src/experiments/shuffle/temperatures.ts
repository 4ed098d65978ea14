import { meanOf, withSign, type Kind } from './kind.ts';

/** A mild day in spring, hour by hour from midnight, in °C. Made up for this site. */
const DAY = [
  9.1, 8.6, 8.2, 7.9, 7.8, 8.1, 9, 10.4, 12, 13.6, 15.1, 16.3, 17.2, 17.9, 18.2, 18.1, 17.5, 16.4, 15, 13.7, 12.5, 11.5,
  10.6, 9.8,
];

/** Degrees that fill the bar under an hour, and a jump that no hour of the day itself makes. */
const FULL_BAR = 10;
const JUMP = 1.65;

/** How far off one is who says that the next hour will be as warm as this one. */
export function temperatures(): Kind {
  return {
    name: 'temperatures',
    whole: 'the day',
    one: 'hour',
    many: 'hours',
    items: DAY.map((degrees) => ({
      text: `${degrees.toFixed(1)}°`,
      said: `${degrees.toFixed(1)} °C`,
      numbers: [degrees],
    })),
    scale: {
      name: 'Error of “the next hour will be like this one”',
      unit: '°C',
      perPlace: 'change from the hour before (°C)',
      caption:
        'Under each hour: the change from the hour before. ▲ marks a jump that this day, which is made up, never makes.',
      worse: 'higher',
      digits: 2,
      from: 0,
    },
    notes: [],
    measure(order) {
      const changes = order.slice(1).map((item, i) => Math.round((DAY[item]! - DAY[order[i]!]!) * 10) / 10);
      return {
        score: meanOf(changes.map(Math.abs)),
        marks: [
          { label: '', value: null, broken: false },
          ...changes.map((change) => ({
            label: withSign(change, 1),
            value: change,
            share: Math.min(1, Math.abs(change) / FULL_BAR),
            broken: Math.abs(change) > JUMP,
          })),
        ],
      };
    },
    tell: (_, __, order) =>
      order[0] === DAY.length - 1 && order.every((item, place) => item === DAY.length - 1 - place)
        ? ['Backwards, every step is as small as before: this score cannot tell a day from a day that runs backwards.']
        : [],
  };
}
