import { readFile } from 'node:fs/promises';

import { describe, expect, it } from 'vitest';

import { performancePage, performancePageOfRecords, type EngineRecord } from '#scripts/performance.ts';
import engine from '#tests/bench/engine.json' with { type: 'json' };
import site from '#tests/bench/site.json' with { type: 'json' };

const recorded = engine as unknown as EngineRecord;
const rowOf = (page: string, start: string) => page.split('\n').find((line) => line.startsWith(`| ${start}`))!;

describe('docs/performance.md', () => {
  it('is what the recorded benchmarks make of it', async () => {
    expect(await readFile('docs/performance.md', 'utf8')).toBe(await performancePageOfRecords());
  });

  it('says which floors were missed, and which not', async () => {
    const openBlas = { 'lstm 100,32,32': 3.9, 'lstm 100,64,64': 1.3 };
    const timesSimd128 = {
      Chromium: { ...recorded.timesSimd128.Chromium, 'PyTorch OpenBLAS': openBlas },
      Node: { ...recorded.timesSimd128.Node, 'PyTorch OpenBLAS': { ...openBlas, 'lstm 100,32,32': 4.1 } },
    };
    const page = await performancePage({ ...recorded, timesSimd128 }, site);
    expect(rowOf(page, 'LSTM 100,32,32: as fast as PyTorch OpenBLAS')).toMatch(
      /3\.9 × \*\*\(missed\)\*\* +\| 4\.1 × +\|/,
    );
    expect(rowOf(page, 'LSTM 100,64,64: as fast as PyTorch OpenBLAS')).not.toContain('missed');
    expect(page).toMatch(/Missed in this run:.*LSTM 100,32,32: as fast as PyTorch OpenBLAS/);
  });

  it('tells the share of the peak from the operations of the matrix products', async () => {
    const name = 'simpleRnn 100,32,32';
    const peakGigaflops = { Chromium: { simd128: 50, 'relaxed-simd': 50 }, Node: { simd128: 40, 'relaxed-simd': 50 } };
    const milliseconds = {
      ...recorded.milliseconds,
      Chromium: { [name]: { 'simd128 bare': 1, 'relaxed-simd bare': 2 } },
    };
    const page = await performancePage({ ...recorded, peakGigaflops, milliseconds }, site);
    // 2 * 100 * 32 * 32 * (2 * 35 + 32) operations in a millisecond are 20.9 billion a second.
    expect(page).toMatch(/\| simpleRnn 100,32,32 +\| 42 % +\| 21 % +\|/);
  });
});
