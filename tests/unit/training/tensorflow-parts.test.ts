import { describe, expect, it } from 'vitest';

import { bundle } from '#tests/bundle/bundle.ts';
import { callInChromium } from '#tests/bundle/chromium.ts';

import { driveAll } from './tensorflow-drive.ts';

describe('TensorFlow.js in parts', { timeout: 30_000 }, () => {
  it('has in Chromium every kernel and gradient that its operations need, and the whole package’s results in Node, bit for bit', async () => {
    const parts = await bundle('tests/unit/training/tensorflow-drive.ts');
    const { results, offered } = await callInChromium<Awaited<ReturnType<typeof driveAll>>>(parts.folder, 'driveAll');
    expect(Object.keys(results)).toEqual(expect.arrayContaining(offered));
    expect(results).toEqual((await driveAll()).results);
    await parts.remove();
  });

  it('weighs at most 75 kB after gzip, with the recurrent layers and their WebAssembly', async () => {
    const worker = await bundle('tests/unit/training/tensorflow-worker.ts');
    const loaded = Object.entries(worker.gzipped).filter(([name]) => !name.includes('relaxed'));
    expect(loaded.map(([name]) => name.split('.').at(-1)).sort()).toEqual(['js', 'wasm']);
    const bytes = loaded.reduce((sum, [, size]) => sum + size, 0);
    expect(bytes).toBeLessThanOrEqual(75_000);
    await worker.remove();
  });
});
