import { describe, expect, test } from 'vitest';

import { pathsOf, sharePicture, toPng } from '#src/site/share-picture.ts';

const table = { columns: ['t', 'a', 'b'], rows: [0, 1, 2, 3].map((t) => [t, 10 ** -t, t === 1 ? null : t]) };

describe('the curves of a table', () => {
  test('run over the whole width, one for each column', () => {
    const [a, b] = pathsOf({ table, x: 't', y: ['a', 'b'], log: false });
    expect(a).toMatch(/^M90,.*L1110,/);
    expect(b).toMatch(/^M90,/);
  });

  test('are straight on an axis of powers of ten where each value is a tenth of the one before', () => {
    const [path] = pathsOf({ table, x: 't', y: ['a'], log: true });
    expect(path!.match(/,[\d.]+/g)!.map((y) => Number(y.slice(1)))).toEqual([290, 370, 450, 530]);
  });

  test('have gaps where there is no value', () => {
    expect(pathsOf({ table, x: 't', y: ['b'], log: false })[0]!.match(/M/g)).toHaveLength(2);
  });

  test('ask for columns that the table has', () => {
    expect(() => pathsOf({ table, x: 't', y: ['c'], log: false })).toThrow('no column “c”. It has: t, a, b.');
  });
});

test('a picture is a PNG of the size that is asked for, with the title in it as text', async () => {
  const svg = sharePicture('Kicker', 'A < B', { table, x: 't', y: ['a'], log: true, caption: 'What is drawn.' });
  expect(svg).toContain('A &lt; B');
  const png = await toPng(svg);
  expect([...png.slice(1, 4)]).toEqual([...'PNG'].map((letter) => letter.charCodeAt(0)));
  const view = new DataView(png.buffer);
  expect([view.getUint32(16), view.getUint32(20)]).toEqual([1200, 630]);
  // Letters are drawn: without a font the picture would be the same whatever its words are.
  expect(png).not.toEqual(await toPng(svg.replace('What is drawn.', 'Something else.')));
});
