import { beforeAll, describe, expect, test } from 'vitest';

import { perform, type Definition, type Outcome } from '#src/experiments/definition.ts';
import history, { bestOf, type HistoryModel, type HistoryResult } from '#src/experiments/history.ts';
import { defaultsOf, type Values } from '#src/experiments/parameters.ts';
import { systemWords } from '#src/experiments/history-systems.ts';

type Params = Values<typeof history.parameters>;
type HistoryOutcome = Outcome<HistoryResult, Params>;

const definition = history as unknown as Definition;
const defaults = defaultsOf(history.parameters);
const { signal } = new AbortController();

interface Told {
  done: number;
  checkpoint: { models: HistoryModel[] };
  outcome: HistoryOutcome;
}

async function run(params: Partial<Params>, seed = 1, checkpoint?: unknown, told: Told[] = []) {
  const all = { ...defaults, ...params };
  return (await perform(definition, all, seed, {
    signal,
    checkpoint,
    onProgress: ({ done, checkpoint }, outcome) =>
      told.push({ done, checkpoint: checkpoint as Told['checkpoint'], outcome: outcome() as HistoryOutcome }),
  })) as HistoryOutcome;
}

function part(params: Partial<Params>, k: number, seed = 1): Promise<HistoryModel> {
  return history.part!({ ...defaults, ...params }, k, { seed, signal }) as Promise<HistoryModel>;
}

describe('a run', () => {
  const small = { longest: 3 };
  const told: Told[] = [];
  let whole: HistoryOutcome;
  beforeAll(async () => {
    whole = await run(small, 5, undefined, told);
  }, 60_000);

  test('trains one model for each length of history, shortest first', () => {
    expect(whole.result.models.map(({ k }) => k)).toEqual([1, 2, 3]);
    expect(told.map(({ done }) => done)).toEqual([0, 1, 2, 3]);
    expect(told.map(({ outcome }) => outcome.result.models.length)).toEqual([0, 1, 2, 3]);
  });

  test('is plain data, small enough for a page', () => {
    expect(JSON.parse(JSON.stringify(whole))).toEqual(whole);
    expect(JSON.stringify(whole).length).toBeLessThan(8000);
  });

  test('goes on from any checkpoint to the very same end', async () => {
    for (const { checkpoint } of told.slice(1)) {
      expect(await run(small, 5, structuredClone(checkpoint))).toEqual(whole);
    }
  });

  test('gives the same models whatever the longest history, and others for another seed', async () => {
    expect(await part({ longest: 9 }, 2, 5)).toEqual(whole.result.models[1]);
    expect(await part(small, 2, 6)).not.toEqual(whole.result.models[1]);
  });

  test('does not depend on the model that the picture shows', async () => {
    expect(await part({ ...small, shown: 7 }, 1, 5)).toEqual(whole.result.models[0]);
  });

  test('puts parts that come out of order in order', async () => {
    const { models } = whole.result;
    const result = await history.run(
      { ...defaults, ...small },
      {
        seed: 5,
        signal,
        onProgress: () => undefined,
        runParts: async (indices, onPart) => indices.toReversed().forEach((k) => onPart(k, models[k - 1] as never)),
      },
    );
    expect(result).toEqual(whole.result);
  });

  test('shows as many seen values as the longest history, and a truth and a forecast of one length', () => {
    const { seen, truth, models } = whole.result;
    expect(seen).toHaveLength(3);
    for (const { forecast, lostAt } of models) {
      expect(forecast).toHaveLength(truth.length);
      expect(lostAt).toHaveLength(21);
    }
  });

  test('says a forecast is lost at the first step at which it is off by more than half a standard deviation', () => {
    const { truth, deviation, models } = whole.result;
    for (const { forecast, lostAt, horizon } of models) {
      const off = forecast.map((value, i) => Math.abs(value - truth[i]!) / deviation);
      const first = off.findIndex((error) => error > 0.5);
      expect(lostAt[0]).toBe(first === -1 ? null : first + 1);
      const later = lostAt.filter((step) => step === null || (horizon !== null && step > horizon)).length;
      const earlier = lostAt.filter((step) => step !== null && (horizon === null || step < horizon)).length;
      expect(earlier).toBeLessThanOrEqual(10);
      if (horizon !== null) expect(later).toBeLessThanOrEqual(10);
    }
  });

  test('is told in words that hold its numbers, from the first model on', () => {
    const two = (value: number) => String(Number(value.toPrecision(2)));
    const { models, sameAsNow } = whole.result;
    const [none, one] = told.map(({ outcome }) => outcome.sentence);
    expect(none).toBe(
      `No model is trained yet. To say that the next value will be the present one is off by ${two(sameAsNow)} standard deviations.`,
    );
    expect(one).toContain(
      `With the last value alone to go by, the forecast of the next is typically off by ${two(models[0]!.error)} standard deviations. Left`,
    );
    expect(whole.sentence).toContain(`; with the last 2, by ${two(models[1]!.error)}`);
    expect(whole.sentence).toContain(`with the last ${bestOf(models)!.k}, by ${two(bestOf(models)!.error)}`);
  });

  test('has a row a model in its table, with the errors to compare with', () => {
    const { models, sameAsNow, average } = whole.result;
    expect(whole.table.rows).toHaveLength(3);
    whole.table.rows.forEach((row, i) => {
      const { k, error, horizon } = models[i]!;
      expect(row).toHaveLength(whole.table.columns.length);
      expect(row.slice(0, 5)).toEqual([k, error, sameAsNow, average, horizon ?? 'later than 80']);
    });
    expect(told[0]!.outcome.table.rows).toEqual([]);
  });
});

describe('the words', () => {
  const model = (k: number, error: number, horizon: number | null = 9): HistoryModel => ({
    k,
    error,
    forecast: [],
    lostAt: Array<number | null>(21).fill(horizon),
    horizon,
  });
  const result = (...models: HistoryModel[]): HistoryResult => ({
    deviation: 1,
    sameAsNow: 1,
    average: 1,
    seen: [],
    truth: [],
    models,
  });
  const told = (params: Partial<Params>, ...models: HistoryModel[]) =>
    history.tell(result(...models), { ...defaults, ...params });

  test('name both sides of the delay', () => {
    const models = [0.5, 0.4, 0.3, 0.1, 0.05].map((error, i) => model(i + 1, error));
    expect(told({ system: 'mackey-glass', delay: 4 }, ...models)).toContain(
      'off by 0.5 standard deviations; with the last 3, by 0.3; with the last 4, which reach back to the delay, by 0.1; with the last 5, by 0.05.',
    );
  });

  test('say that more history hardly helps where it does not', () => {
    expect(told({ system: 'logistic' }, model(1, 0.06), model(2, 0.05))).toContain('; more values hardly help.');
    expect(told({ system: 'logistic' }, model(1, 0.06))).not.toContain('more values');
  });

  test('say where the best model is lost, or that it is not', () => {
    expect(told({}, model(1, 0.5, 3), model(2, 0.1, 40))).toContain(
      'the one with 2 values is off by more than half a standard deviation at step 40, in the median of 21 starts.',
    );
    expect(told({}, model(1, 0.5, 3), model(2, 0.1, null))).toContain(
      'the one with 2 values stays within half a standard deviation of the truth for all 80 steps from most starts.',
    );
    expect(told({}, model(1, 0.5, 3))).toContain('forecasts, it is off by');
  });

  test('there are for every system', () => {
    expect(Object.keys(systemWords)).toEqual(history.parameters.system.options.map(({ value }) => value));
  });
});

describe('every extreme of the parameters gives numbers', { timeout: 60_000 }, () => {
  test.for<[Partial<Params>, number]>([
    [{ noise: 0 }, 1],
    [{ noise: 0.5 }, 16],
    [{ system: 'predator-prey', noise: 0 }, 16],
    [{ system: 'predator-prey', noise: 0.5 }, 1],
    [{ system: 'logistic', rate: 3, noise: 0 }, 1],
    [{ system: 'logistic', rate: 4, noise: 0.5 }, 16],
    [{ system: 'mackey-glass', delay: 2, noise: 0 }, 2],
    [{ system: 'mackey-glass', delay: 12, noise: 0.5 }, 16],
  ])('%o with %i values', async ([params, k]) => {
    const { error, forecast, lostAt } = await part(params, k);
    expect(error).toBeGreaterThan(0);
    expect(error).toBeLessThan(1.2);
    expect(forecast.every(Number.isFinite)).toBe(true);
    for (const step of lostAt) if (step !== null) expect(step).toBeGreaterThanOrEqual(1);
  });

  test.for([2, 16])('a longest history of %i', async (longest) => {
    const models = Array.from({ length: longest }, (_, i) => i + 1);
    const asked: number[] = [];
    await history.run(
      { ...defaults, longest },
      {
        seed: 1,
        signal,
        onProgress: ({ total }) => expect(total).toBe(longest),
        runParts: async (indices) => void asked.push(...indices),
      },
    );
    expect(asked).toEqual(models);
  });
});

test('a run that is stopped rejects with the reason', async () => {
  const stopper = new AbortController();
  const stopped = perform(definition, defaults, 1, {
    signal: stopper.signal,
    onProgress: ({ done }) => {
      if (done === 1) stopper.abort(new Error('enough'));
    },
  });
  await expect(stopped).rejects.toThrow('enough');
});
