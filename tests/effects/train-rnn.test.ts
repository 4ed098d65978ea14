import { expect } from 'vitest';

import { readWeather, write, type ShownText, type ShownWeather } from '#src/experiments/train-rnn/reading.ts';
import trainRnn, { type TrainRnnResult } from '#src/experiments/train-rnn.ts';
import { harbourProse } from '#src/sequences/harbour-prose.ts';
import { sentencesOf } from '#src/sequences/text.ts';

import { claim, runsOf } from './claims.ts';

/** What the text says of train-rnn, at the settings of its presets but for what is said. */

const run = runsOf(trainRnn);
const weather = (seed: number, length = 24) => run(seed, { length });
const text = (seed: number, length = 24) =>
  run(seed, { task: 'text', length, units: 32, learningRate: 0.01, updates: 800 });

const ended = ({ heldOut }: TrainRnnResult) => heldOut.at(-1)!;
const baseline = ({ baselines }: TrainRnnResult, name: string) =>
  baselines.find((other) => other.name.includes(name))!.error;

claim(
  'next hour’s temperature: the error is at most 0.7 of that of “no change”, and below that of “the same change again”',
  async (seed) => {
    const result = await weather(seed);
    expect(ended(result)).toBeLessThanOrEqual(0.7 * baseline(result, 'no change'));
    expect(ended(result)).toBeLessThan(baseline(result, 'same change'));
  },
);

claim('no forecast of the next hour is better than knowing the rule', async (seed) => {
  const result = await weather(seed, 48);
  expect(Math.min(...result.heldOut)).toBeGreaterThan(baseline(result, 'knowing the rule'));
});

claim('most of what is learned of the weather is learned in the first tenth of the updates', async (seed) => {
  const { heldOut } = await weather(seed);
  expect(heldOut[0]! - heldOut[3]!).toBeGreaterThan(0.9 * (heldOut[0]! - heldOut.at(-1)!));
});

claim(
  'trained on sequences of two hours, it forecasts worse than “no change” when it reads on for days',
  async (seed) => {
    const result = await weather(seed, 2);
    expect(ended(result)).toBeGreaterThan(baseline(result, 'no change'));
  },
);

claim('longer sequences in training make better forecasts: two days better than a quarter of a day', async (seed) => {
  expect(ended(await weather(seed, 48))).toBeLessThan(ended(await weather(seed, 6)));
});

claim(
  'left to its own forecasts for a day, it goes on from the cold of the night to an afternoon at least two degrees warmer',
  async (seed) => {
    const { snapshots, shown } = await weather(seed);
    const { degrees, read } = shown as ShownWeather;
    const own = readWeather(snapshots.at(-1)!, shown as ShownWeather).forecast.slice(read) as number[];
    expect(own).toHaveLength(degrees.length - read);
    expect(Math.max(...own.slice(12, 18)) - Math.min(...own.slice(0, 7))).toBeGreaterThanOrEqual(2);
  },
  { share: 0.9 },
);

claim(
  'next character: at least 0.3 bits less of a surprise than to who counts pairs, on held-out text',
  async (seed) => {
    const result = await text(seed);
    expect(ended(result)).toBeLessThanOrEqual(baseline(result, 'pairs') - 0.3);
  },
);

claim('and within 0.2 bits of who counts triples: no wonder machine', async (seed) => {
  const result = await text(seed);
  expect(Math.abs(ended(result) - baseline(result, 'triples'))).toBeLessThanOrEqual(0.2);
});

claim(
  'the text it trains on is at least 0.3 bits less of a surprise than the held-out text: it learns some of it by heart',
  async (seed) => {
    const { trained, heldOut } = await text(seed);
    expect(heldOut.at(-1)! - trained.at(-1)!).toBeGreaterThanOrEqual(0.3);
  },
);

claim('trained on pairs of characters, it is no better than who counts pairs', async (seed) => {
  const result = await text(seed, 2);
  expect(ended(result)).toBeGreaterThan(baseline(result, 'pairs') - 0.05);
});

const known = new Set(sentencesOf(harbourProse).flat());

claim(
  'a low sampling temperature writes more words that there are: at 0.2 at least a quarter more of them than at 1.2',
  async (seed) => {
    const { snapshots, shown } = await text(seed);
    const shareOfWords = (temperature: number) => {
      const written = write(snapshots.at(-1)!, shown as ShownText, { length: 2000, temperature, seed, sample: 1 });
      const words = sentencesOf(written).flat().slice(0, -1);
      return words.filter((word) => known.has(word)).length / words.length;
    };
    expect(shareOfWords(0.2) - shareOfWords(1.2)).toBeGreaterThan(0.25);
  },
);
