import { flushSync } from 'svelte';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

import { ExperimentState } from '#components/experiment/experiment-state.svelte.ts';
import type { Card, Outcome } from '#src/experiments/definition.ts';
import { number, permutation } from '#src/experiments/parameters.ts';
import type { Report } from '#src/runtime/protocol.ts';
import { FakeWorker } from '#tests/unit/runtime/fake-worker.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const words = { label: 'Label', help: 'Help.' };
const card: Card = {
  slug: 'demo',
  title: 'Demo',
  question: 'Does it work?',
  live: true,
  parameters: {
    n: number({ ...words, min: 0, max: 100, step: 1, default: 2 }),
    order: permutation({ ...words, default: [0, 1, 2] }),
  },
};
const outcomeFor = (n: number, result = n): Outcome => ({
  params: { n, order: [0, 1, 2] },
  seed: 1,
  result,
  sentence: `It is ${result}.`,
  table: { columns: ['n'], rows: [[result]] },
});
const recorded = outcomeFor(2);
const report = (done: number, outcome?: Outcome): Report => ({
  done,
  total: 10,
  unit: 'parts',
  checkpoint: { at: done },
  outcome,
});

function setUp(live = true, parameters = card.parameters) {
  const workers: FakeWorker[] = [];
  const experiment = new ExperimentState({ ...card, live, parameters }, recorded, () => {
    workers.push(new FakeWorker());
    return workers.at(-1)!;
  });
  return {
    experiment,
    workers,
    worker: () => workers.at(-1)!,
    lastJob: () => workers.at(-1)!.lastStart.job,
    /** What the last run that was asked for says. */
    say: (reply: { kind: 'progress' | 'stopped'; report: Report } | { kind: 'done'; outcome: Outcome }) => {
      const worker = workers.at(-1)!;
      worker.say({ ...reply, id: worker.lastStart.id });
    },
    fail: (reason: string) => workers.at(-1)!.say({ kind: 'failed', id: workers.at(-1)!.lastStart.id, reason }),
  };
}

describe('a page that was just opened', () => {
  test('shows the recorded run, and loads nothing', () => {
    const { experiment, workers } = setUp();
    experiment.openLink('');
    expect(experiment.outcome).toBe(recorded);
    expect(experiment.runState).toBe('idle');
    expect(experiment.isDefault).toBe(true);
    expect(experiment.params).toEqual({ n: 2, order: [0, 1, 2] });
    expect(workers).toEqual([]);
  });

  test('runs what its link names', () => {
    const { experiment, lastJob } = setUp();
    experiment.openLink('?demo.n=7&demo.order=2-1-0&demo.seed=5');
    expect(experiment.runState).toBe('running');
    expect(lastJob()).toEqual({ slug: 'demo', params: { n: 7, order: [2, 1, 0] }, seed: 5, checkpoint: undefined });
    expect(experiment.notes).toEqual([]);
    expect(experiment.isDefault).toBe(false);
  });

  test('waits for the reader where the experiment is not live', () => {
    const { experiment, workers, lastJob } = setUp(false);
    experiment.openLink('?demo.n=7');
    expect(experiment.runState).toBe('idle');
    expect(workers).toEqual([]);
    experiment.run();
    expect(lastJob().params).toEqual({ n: 7, order: [0, 1, 2] });
  });

  test('keeps to the defaults where the link cannot be used, and says so', () => {
    const { experiment, workers } = setUp();
    experiment.openLink('?demo.n=many&demo.seed=1');
    expect(experiment.notes).toHaveLength(1);
    expect(experiment.isDefault).toBe(true);
    expect(experiment.seedGiven).toBe(true);
    expect(workers).toEqual([]);
  });
});

describe('a picture that sets several parameters', () => {
  test('starts one run with all of them', () => {
    const { experiment, lastJob, workers } = setUp();
    experiment.assign({ n: 7, order: [1, 0, 2] });
    expect(experiment.params).toEqual({ n: 7, order: [1, 0, 2] });
    expect(lastJob().params).toEqual({ n: 7, order: [1, 0, 2] });
    expect(workers).toHaveLength(1);
  });

  test('starts none where they are as they were', () => {
    const { experiment, workers } = setUp();
    experiment.assign({ n: 2, order: [0, 1, 2] });
    expect(experiment.runState).toBe('idle');
    expect(workers).toEqual([]);
  });
});

describe('a preset', () => {
  test('is set where the controls say all of its values, whatever the others say', () => {
    const { experiment } = setUp();
    const preset = { n: 7 };
    expect(experiment.has(preset)).toBe(false);
    experiment.assign(preset);
    expect(experiment.has(preset)).toBe(true);
    experiment.set('order', [1, 0, 2]);
    expect(experiment.has(preset)).toBe(true);
    experiment.set('n', 8);
    expect(experiment.has(preset)).toBe(false);
  });
});

describe('a control', () => {
  test('that is moved starts a run, and what comes out is shown', () => {
    const { experiment, lastJob, say } = setUp();
    experiment.set('n', 7);
    expect(experiment.runState).toBe('running');
    expect(lastJob()).toMatchObject({ params: { n: 7, order: [0, 1, 2] }, seed: 1 });
    expect(experiment.outcome).toBe(recorded);
    say({ kind: 'done', outcome: outcomeFor(7) });
    expect(experiment.runState).toBe('done');
    expect(experiment.outcome).toEqual(outcomeFor(7));
  });

  test('that is set to the value it has does nothing', () => {
    const { experiment, workers } = setUp();
    experiment.set('n', 2);
    experiment.set('order', [0, 1, 2]);
    experiment.setSeed(1);
    expect(workers).toEqual([]);
    expect(experiment.seedGiven).toBe(false);
  });

  test('that moves on and on shows each picture that is done, and ends with the newest', () => {
    const { experiment, worker, say } = setUp();
    for (const n of [3, 4, 5]) experiment.set('n', n);
    say({ kind: 'done', outcome: outcomeFor(3) });
    expect(experiment.outcome.result).toBe(3);
    expect(experiment.runState).toBe('running');
    expect(worker().lastStart.job.params).toMatchObject({ n: 5 });
    say({ kind: 'done', outcome: outcomeFor(5) });
    expect(experiment.outcome.result).toBe(5);
    expect(experiment.runState).toBe('done');
  });

  test('is what an effect hears of, and the run as well', () => {
    const { experiment, say } = setUp();
    const seen: string[] = [];
    const end = $effect.root(() => {
      $effect(() => {
        seen.push(`${String(experiment.params['n'])} ${experiment.runState} ${String(experiment.outcome.result)}`);
      });
    });
    flushSync();
    experiment.set('n', 7);
    flushSync();
    say({ kind: 'progress', report: report(5, outcomeFor(7, 6)) });
    flushSync();
    say({ kind: 'done', outcome: outcomeFor(7) });
    flushSync();
    end();
    expect(seen).toEqual(['2 idle 2', '7 running 2', '7 running 6', '7 done 7']);
  });

  test('that is moved where the experiment is not live waits, and stops what runs', () => {
    const { experiment, workers, worker } = setUp(false);
    experiment.set('n', 7);
    expect(workers).toEqual([]);
    experiment.run();
    experiment.set('n', 8);
    expect(worker().asked).toBe('start 1, stop 1');
    vi.advanceTimersByTime(70);
    expect(experiment.runState).toBe('stopped');
  });
});

describe('a parameter that only the picture reads', () => {
  const parameters = {
    n: number({ ...words, min: 0, max: 100, step: 1, default: 2 }),
    order: permutation({ ...words, default: [0, 1, 2], forPicture: true }),
  };

  test.for([true, false])('is kept in the link and runs nothing (live: %s)', (live) => {
    const { experiment, workers } = setUp(live, parameters);
    experiment.set('order', [2, 1, 0]);
    expect(experiment.params['order']).toEqual([2, 1, 0]);
    expect(experiment.linkIn('')).toBe('?demo.order=2-1-0');
    expect(experiment.runState).toBe('idle');
    expect(experiment.isDefault).toBe(false);
    expect(workers).toEqual([]);
  });

  test('does not stop a run, and a stopped one can still be resumed', () => {
    const { experiment, say, lastJob, worker } = setUp(false, parameters);
    experiment.run();
    say({ kind: 'progress', report: report(4) });
    experiment.set('order', [2, 1, 0]);
    expect(experiment.runState).toBe('running');
    expect(worker().posted.filter(({ kind }) => kind === 'stop')).toEqual([]);
    say({ kind: 'stopped', report: report(4) });
    experiment.set('order', [1, 2, 0]);
    experiment.resume();
    expect(lastJob().checkpoint).toEqual({ at: 4 });
  });
});

describe('the seed', () => {
  test('that the reader chooses stays in the link, even the default one', () => {
    const { experiment } = setUp();
    expect(experiment.linkIn('?page=2')).toBe('?page=2');
    experiment.setSeed(9);
    expect(experiment.linkIn('')).toBe('?demo.seed=9');
    experiment.setSeed(1);
    expect(experiment.linkIn('')).toBe('?demo.seed=1');
    expect(experiment.isDefault).toBe(true);
  });

  test('that is new comes from the machine, is one that is allowed, and is run', () => {
    const { experiment, lastJob } = setUp();
    const chance = vi.spyOn(crypto, 'getRandomValues');
    for (const [bits, seed] of [
      [7, 7],
      [999_999_999, 999_999_999],
      [1_000_000_000, 0],
      [2 ** 32 - 1, 294_967_295],
    ] as const) {
      chance.mockImplementationOnce((array) => {
        (array as Uint32Array)[0] = bits;
        return array;
      });
      experiment.newSeed();
      expect(experiment.seed).toBe(seed);
      experiment.stop();
      vi.advanceTimersByTime(70);
      expect(lastJob().seed).toBe(seed);
    }
    expect(experiment.seedGiven).toBe(true);
    chance.mockRestore();
  });
});

describe('Reset', () => {
  test('goes back to the defaults, forgets the notes and the seed, and runs them', () => {
    const { experiment, lastJob, say } = setUp();
    experiment.openLink('?demo.n=7&demo.seed=5&demo.x=1');
    say({ kind: 'done', outcome: outcomeFor(7) });
    experiment.reset();
    expect(experiment.params).toEqual({ n: 2, order: [0, 1, 2] });
    expect(experiment.linkIn('?demo.n=7&demo.x=1&page=2')).toBe('?page=2');
    expect(experiment.notes).toEqual([]);
    expect(experiment.isDefault).toBe(true);
    expect(lastJob()).toMatchObject({ params: { n: 2, order: [0, 1, 2] }, seed: 1 });
  });
});

describe('a run', () => {
  test('that is stopped shows what there is, and can be resumed from there', () => {
    const { experiment, lastJob, say } = setUp();
    experiment.set('n', 7);
    say({ kind: 'progress', report: report(3) });
    experiment.stop();
    say({ kind: 'stopped', report: report(4, outcomeFor(7, 6)) });
    expect(experiment.runState).toBe('stopped');
    expect(experiment.outcome.result).toBe(6);
    experiment.resume();
    expect(experiment.runState).toBe('running');
    expect(lastJob()).toEqual({ slug: 'demo', params: { n: 7, order: [0, 1, 2] }, seed: 1, checkpoint: { at: 4 } });
    expect(experiment.report!.done).toBe(4);
  });

  test('that is started again starts from its start', () => {
    const { experiment, lastJob, say } = setUp();
    experiment.set('n', 7);
    experiment.stop();
    say({ kind: 'stopped', report: report(4) });
    experiment.run();
    expect(lastJob().checkpoint).toBeUndefined();
    expect(experiment.report).toBeUndefined();
  });

  test('whose worker ignores Stop is stopped all the same', () => {
    const { experiment, say, worker } = setUp();
    experiment.set('n', 7);
    say({ kind: 'progress', report: report(3) });
    experiment.stop();
    vi.advanceTimersByTime(70);
    expect(experiment.runState).toBe('stopped');
    expect(experiment.report!.done).toBe(3);
    expect(worker().terminated).toBe(true);
  });

  test('that fails says why, keeps the picture, and can be tried again', () => {
    const { experiment, lastJob, say, fail } = setUp();
    experiment.set('n', 7);
    say({ kind: 'progress', report: report(3) });
    fail('The numbers ran out.');
    expect(experiment.runState).toBe('failed');
    expect(experiment.failure).toBe('The numbers ran out.');
    expect(experiment.outcome).toBe(recorded);
    experiment.resume();
    expect(experiment.runState).toBe('running');
    expect(experiment.failure).toBe('');
    expect(lastJob().checkpoint).toEqual({ at: 3 });
    say({ kind: 'done', outcome: outcomeFor(7) });
    expect(experiment.runState).toBe('done');
  });

  test('whose worker dies says why, and the next control that is moved works', () => {
    const { experiment, workers, worker, say } = setUp();
    experiment.set('n', 7);
    worker().breakDown('out of memory');
    expect(experiment.runState).toBe('failed');
    expect(experiment.failure).toContain('out of memory');
    experiment.set('n', 8);
    expect(experiment.runState).toBe('running');
    expect(workers).toHaveLength(2);
    say({ kind: 'done', outcome: outcomeFor(8) });
    expect(experiment.outcome.result).toBe(8);
  });

  test('that is over stays over when its worker dies afterwards', () => {
    const { experiment, worker, say } = setUp();
    experiment.set('n', 7);
    say({ kind: 'done', outcome: outcomeFor(7) });
    worker().breakDown('gone');
    expect(experiment.runState).toBe('done');
  });

  test('ends with the page', () => {
    const { experiment, worker } = setUp();
    experiment.set('n', 7);
    experiment.dispose();
    expect(worker().terminated).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('the checkpoint of other parameters', () => {
  test('is not resumed from when the reader stops before the newer ones were run', () => {
    const { experiment, lastJob, say } = setUp();
    experiment.set('n', 7);
    say({ kind: 'progress', report: report(3) });
    experiment.set('n', 8);
    experiment.stop();
    say({ kind: 'stopped', report: report(4) });
    experiment.resume();
    expect(lastJob()).toMatchObject({ params: { n: 8 } });
    expect(lastJob().checkpoint).toBeUndefined();
  });

  test('is not resumed from when the run fails before the newer ones were run', () => {
    const { experiment, worker, lastJob, say } = setUp();
    experiment.set('n', 7);
    say({ kind: 'progress', report: report(3) });
    experiment.set('n', 8);
    worker().breakDown('gone');
    experiment.resume();
    expect(lastJob()).toMatchObject({ params: { n: 8 } });
    expect(lastJob().checkpoint).toBeUndefined();
  });

  test('is not resumed from when a control was moved and the experiment is not live', () => {
    const { experiment, lastJob, say } = setUp(false);
    experiment.run();
    say({ kind: 'progress', report: report(3) });
    experiment.set('n', 8);
    say({ kind: 'stopped', report: report(4) });
    experiment.resume();
    expect(lastJob()).toMatchObject({ params: { n: 8 } });
    expect(lastJob().checkpoint).toBeUndefined();
  });

  test('is not resumed from when the seed was changed', () => {
    const { experiment, lastJob, say } = setUp(false);
    experiment.run();
    say({ kind: 'progress', report: report(3) });
    experiment.setSeed(9);
    say({ kind: 'stopped', report: report(4) });
    experiment.resume();
    expect(lastJob()).toMatchObject({ seed: 9 });
    expect(lastJob().checkpoint).toBeUndefined();
  });
});

describe('the time that is left', () => {
  test('is unknown at first, and then what it takes if it goes on as it did', () => {
    const { experiment, say } = setUp();
    experiment.set('n', 7);
    expect(experiment.secondsLeft).toBeUndefined();
    vi.advanceTimersByTime(400);
    say({ kind: 'progress', report: report(1) });
    expect(experiment.secondsLeft).toBeUndefined();
    vi.advanceTimersByTime(1600);
    say({ kind: 'progress', report: report(2) });
    expect(experiment.secondsRunning).toBeCloseTo(2);
    expect(experiment.secondsLeft).toBeCloseTo(8);
    expect(experiment.perSecond).toBeCloseTo(1);
  });

  test('goes by the share of the work that is done, where a run says it', () => {
    const { experiment, say } = setUp();
    experiment.set('n', 7);
    vi.advanceTimersByTime(2000);
    say({ kind: 'progress', report: { ...report(5), share: 0.25 } });
    expect(experiment.share).toBe(0.25);
    expect(experiment.secondsLeft).toBeCloseTo(6);
  });

  test('does not count what was done before the run was resumed', () => {
    const { experiment, say } = setUp();
    experiment.set('n', 7);
    vi.advanceTimersByTime(8000);
    say({ kind: 'progress', report: report(8) });
    experiment.stop();
    say({ kind: 'stopped', report: report(8) });
    experiment.resume();
    vi.advanceTimersByTime(1000);
    say({ kind: 'progress', report: report(9) });
    // One part took a second, and one is left.
    expect(experiment.secondsLeft).toBeCloseTo(1);
    expect(experiment.perSecond).toBeCloseTo(1);
  });
});
