import { flushSync } from 'svelte';
import { expect, test } from 'vitest';
import { ExperimentState } from '#components/experiment/experiment-state.svelte.ts';
import { number } from '#src/experiments/parameters.ts';

test('x', () => {
  const card = {
    slug: 'a',
    title: '',
    question: '',
    live: true,
    parameters: { n: number({ label: '', min: 0, max: 9, step: 1, default: 2, help: '' }) },
  };
  const s = new ExperimentState(
    card,
    {} as never,
    () => ({ postMessage() {}, terminate() {}, addEventListener() {} }) as never,
  );
  const seen: unknown[] = [];
  $effect.root(() => {
    $effect(() => {
      seen.push(s.params['n']);
    });
  });
  flushSync();
  s.set('n', 4);
  flushSync();
  expect(seen).toEqual([2, 4]);
});
