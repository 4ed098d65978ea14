import fc from 'fast-check';
import { expect, test } from 'vitest';

import { tf } from '#tensorflow';

const operations = {
  add: (a: number, b: number) => a + b,
  sub: (a: number, b: number) => a - b,
  mul: (a: number, b: number) => a * b,
  div: (a: number, b: number) => a / b,
};
type Operation = keyof typeof operations;

/** Where in an operand of `shape` the number is that goes into number `i` of the `whole`: sides of 1 are repeated. */
function placeIn(shape: readonly number[], whole: readonly number[], i: number): number {
  let place = 0;
  let stride = 1;
  for (let axis = whole.length - 1; axis >= 0; axis--) {
    const side = shape[axis - (whole.length - shape.length)] ?? 1;
    if (side !== 1) place += stride * (i % whole[axis]!);
    stride *= side;
    i = Math.floor(i / whole[axis]!);
  }
  return place;
}

/** The sides of the result, which of them each operand has, and how many of the first axes it leaves out. */
const shapes = fc.array(fc.tuple(fc.integer({ min: 1, max: 4 }), fc.boolean(), fc.boolean()), { maxLength: 4 });
const trimmed = fc.tuple(fc.nat(2), fc.nat(2));

test('plus, minus, times and divided by give for any two shapes that fit what each pair of numbers gives, bit for bit', () => {
  fc.assert(
    fc.property(shapes, trimmed, fc.constantFrom(...(Object.keys(operations) as Operation[])), (sides, trims, name) => {
      const [a, b] = ([0, 1] as const).map((operand) => {
        const shape = sides.map(([side, inA, inB]) => ((operand === 0 ? inA : inB) ? side : 1));
        let first = 0;
        while (first < trims[operand] && shape[first] === 1) first++;
        const trimmed = shape.slice(first);
        const size = trimmed.reduce((product, side) => product * side, 1);
        return {
          shape: trimmed,
          values: Float32Array.from({ length: size }, (_, i) => Math.fround(i / 3 - 1.1 * operand)),
        };
      }) as [{ shape: number[]; values: Float32Array }, { shape: number[]; values: Float32Array }];
      const rank = Math.max(a.shape.length, b.shape.length);
      const sideOf = (shape: number[], axis: number) => shape[axis - (rank - shape.length)] ?? 1;
      const whole = Array.from({ length: rank }, (_, axis) => Math.max(sideOf(a.shape, axis), sideOf(b.shape, axis)));
      const size = whole.reduce((product, side) => product * side, 1);

      tf.tidy(() => {
        const result = tf[name](tf.tensor(a.values, a.shape), tf.tensor(b.values, b.shape));
        expect(result.shape).toEqual(whole);
        expect(result.dataSync()).toEqual(
          Float32Array.from({ length: size }, (_, i) =>
            operations[name](a.values[placeIn(a.shape, whole, i)]!, b.values[placeIn(b.shape, whole, i)]!),
          ),
        );
      });
    }),
  );
});

test('whole numbers stay whole numbers', () => {
  tf.tidy(() => {
    const sum = tf.add(tf.tensor1d([1, 2], 'int32'), tf.tensor1d([3, 4], 'int32'));
    expect(sum.dtype).toBe('int32');
    expect([...sum.dataSync()]).toEqual([4, 6]);
  });
});
