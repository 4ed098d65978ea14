/**
 * Products of matrices in two layouts, both read and written strictly forwards:
 * - quads, for what has a row per sequence of the batch: [columns / 4][batch][4], each quad `quadBytes` after the last;
 * - panels, for weights and their gradients: [columns / 8][rows][8].
 * Four rows by eight columns are summed in registers at a time; in what order shows in the speed (see `product`).
 */
import { multiplyAdd, product, sum } from './functions';

/**
 * c = a b, or c += a b. c: `panels` * 2 quads, a: `quads` quads, b: `panels` panels of at least 4 * quads rows, each
 * `panelBytes` after the last.
 */
export function multiply(
  c: usize, a: usize, b: usize,
  batch: usize, quadBytes: usize, quads: usize, panels: usize, panelBytes: usize, accumulate: bool,
): void {
  for (let panel: usize = 0; panel < panels; panel++) {
    const left = c + 2 * panel * quadBytes;
    let row: usize = 0;
    for (; row + 4 <= batch; row += 4) {
      block4(left + row * 16, left + quadBytes + row * 16, a + row * 16, b + panel * panelBytes, quadBytes, quads, accumulate);
    }
    for (; row < batch; row++) {
      block1(left + row * 16, left + quadBytes + row * 16, a + row * 16, b + panel * panelBytes, quadBytes, quads, accumulate);
    }
  }
}

/**
 * Four rows of one panel; c0 points to the left four of its columns, c1 to the right four. At least one quad;
 * a turn takes two where there are two, for every turn has a cost of its own.
 */
@inline function block4(
  c0: usize, c1: usize, a: usize, b: usize, quadBytes: usize, quads: usize, accumulate: bool,
): void {
  let s00 = f32x4(0, 0, 0, 0), s01 = s00, s10 = s00, s11 = s00, s20 = s00, s21 = s00, s30 = s00, s31 = s00;
  let b0: v128, b1: v128, x: v128, p: v128, q: v128;
  while (true) {
    b0 = v128.load(b); b1 = v128.load(b, 16);
    x = v128.load32_splat(a); p = product(x, b0); q = product(x, b1); s00 = sum(p, b0, s00); s01 = sum(q, b1, s01);
    x = v128.load32_splat(a, 16); p = product(x, b0); q = product(x, b1); s10 = sum(p, b0, s10); s11 = sum(q, b1, s11);
    x = v128.load32_splat(a, 32); p = product(x, b0); q = product(x, b1); s20 = sum(p, b0, s20); s21 = sum(q, b1, s21);
    x = v128.load32_splat(a, 48); p = product(x, b0); q = product(x, b1); s30 = sum(p, b0, s30); s31 = sum(q, b1, s31);
    a += 4;

    b0 = v128.load(b, 32); b1 = v128.load(b, 48);
    x = v128.load32_splat(a); p = product(x, b0); q = product(x, b1); s00 = sum(p, b0, s00); s01 = sum(q, b1, s01);
    x = v128.load32_splat(a, 16); p = product(x, b0); q = product(x, b1); s10 = sum(p, b0, s10); s11 = sum(q, b1, s11);
    x = v128.load32_splat(a, 32); p = product(x, b0); q = product(x, b1); s20 = sum(p, b0, s20); s21 = sum(q, b1, s21);
    x = v128.load32_splat(a, 48); p = product(x, b0); q = product(x, b1); s30 = sum(p, b0, s30); s31 = sum(q, b1, s31);
    a += 4;

    b0 = v128.load(b, 64); b1 = v128.load(b, 80);
    x = v128.load32_splat(a); p = product(x, b0); q = product(x, b1); s00 = sum(p, b0, s00); s01 = sum(q, b1, s01);
    x = v128.load32_splat(a, 16); p = product(x, b0); q = product(x, b1); s10 = sum(p, b0, s10); s11 = sum(q, b1, s11);
    x = v128.load32_splat(a, 32); p = product(x, b0); q = product(x, b1); s20 = sum(p, b0, s20); s21 = sum(q, b1, s21);
    x = v128.load32_splat(a, 48); p = product(x, b0); q = product(x, b1); s30 = sum(p, b0, s30); s31 = sum(q, b1, s31);
    a += 4;

    b0 = v128.load(b, 96); b1 = v128.load(b, 112);
    x = v128.load32_splat(a); p = product(x, b0); q = product(x, b1); s00 = sum(p, b0, s00); s01 = sum(q, b1, s01);
    x = v128.load32_splat(a, 16); p = product(x, b0); q = product(x, b1); s10 = sum(p, b0, s10); s11 = sum(q, b1, s11);
    x = v128.load32_splat(a, 32); p = product(x, b0); q = product(x, b1); s20 = sum(p, b0, s20); s21 = sum(q, b1, s21);
    x = v128.load32_splat(a, 48); p = product(x, b0); q = product(x, b1); s30 = sum(p, b0, s30); s31 = sum(q, b1, s31);
    a += quadBytes - 12;
    if (--quads == 0) break;

    b0 = v128.load(b, 128); b1 = v128.load(b, 144);
    x = v128.load32_splat(a); p = product(x, b0); q = product(x, b1); s00 = sum(p, b0, s00); s01 = sum(q, b1, s01);
    x = v128.load32_splat(a, 16); p = product(x, b0); q = product(x, b1); s10 = sum(p, b0, s10); s11 = sum(q, b1, s11);
    x = v128.load32_splat(a, 32); p = product(x, b0); q = product(x, b1); s20 = sum(p, b0, s20); s21 = sum(q, b1, s21);
    x = v128.load32_splat(a, 48); p = product(x, b0); q = product(x, b1); s30 = sum(p, b0, s30); s31 = sum(q, b1, s31);
    a += 4;

    b0 = v128.load(b, 160); b1 = v128.load(b, 176);
    x = v128.load32_splat(a); p = product(x, b0); q = product(x, b1); s00 = sum(p, b0, s00); s01 = sum(q, b1, s01);
    x = v128.load32_splat(a, 16); p = product(x, b0); q = product(x, b1); s10 = sum(p, b0, s10); s11 = sum(q, b1, s11);
    x = v128.load32_splat(a, 32); p = product(x, b0); q = product(x, b1); s20 = sum(p, b0, s20); s21 = sum(q, b1, s21);
    x = v128.load32_splat(a, 48); p = product(x, b0); q = product(x, b1); s30 = sum(p, b0, s30); s31 = sum(q, b1, s31);
    a += 4;

    b0 = v128.load(b, 192); b1 = v128.load(b, 208);
    x = v128.load32_splat(a); p = product(x, b0); q = product(x, b1); s00 = sum(p, b0, s00); s01 = sum(q, b1, s01);
    x = v128.load32_splat(a, 16); p = product(x, b0); q = product(x, b1); s10 = sum(p, b0, s10); s11 = sum(q, b1, s11);
    x = v128.load32_splat(a, 32); p = product(x, b0); q = product(x, b1); s20 = sum(p, b0, s20); s21 = sum(q, b1, s21);
    x = v128.load32_splat(a, 48); p = product(x, b0); q = product(x, b1); s30 = sum(p, b0, s30); s31 = sum(q, b1, s31);
    a += 4;

    b0 = v128.load(b, 224); b1 = v128.load(b, 240);
    x = v128.load32_splat(a); p = product(x, b0); q = product(x, b1); s00 = sum(p, b0, s00); s01 = sum(q, b1, s01);
    x = v128.load32_splat(a, 16); p = product(x, b0); q = product(x, b1); s10 = sum(p, b0, s10); s11 = sum(q, b1, s11);
    x = v128.load32_splat(a, 32); p = product(x, b0); q = product(x, b1); s20 = sum(p, b0, s20); s21 = sum(q, b1, s21);
    x = v128.load32_splat(a, 48); p = product(x, b0); q = product(x, b1); s30 = sum(p, b0, s30); s31 = sum(q, b1, s31);
    a += quadBytes - 12;
    if (--quads == 0) break;
    b += 256;
  }
  if (accumulate) {
    s00 = f32x4.add(s00, v128.load(c0)); s10 = f32x4.add(s10, v128.load(c0, 16));
    s20 = f32x4.add(s20, v128.load(c0, 32)); s30 = f32x4.add(s30, v128.load(c0, 48));
    s01 = f32x4.add(s01, v128.load(c1)); s11 = f32x4.add(s11, v128.load(c1, 16));
    s21 = f32x4.add(s21, v128.load(c1, 32)); s31 = f32x4.add(s31, v128.load(c1, 48));
  }
  v128.store(c0, s00); v128.store(c0, s10, 16); v128.store(c0, s20, 32); v128.store(c0, s30, 48);
  v128.store(c1, s01); v128.store(c1, s11, 16); v128.store(c1, s21, 32); v128.store(c1, s31, 48);
}

/** One row of one panel: what is left of a batch that is no multiple of four. */
@inline function block1(
  c0: usize, c1: usize, a: usize, b: usize, quadBytes: usize, quads: usize, accumulate: bool,
): void {
  let s0 = f32x4(0, 0, 0, 0), s1 = s0, t0 = s0, t1 = s0;
  for (let quad: usize = 0; quad < quads; quad++) {
    let x = v128.load32_splat(a);
    s0 = multiplyAdd(x, v128.load(b), s0); s1 = multiplyAdd(x, v128.load(b, 16), s1);
    x = v128.load32_splat(a, 4);
    t0 = multiplyAdd(x, v128.load(b, 32), t0); t1 = multiplyAdd(x, v128.load(b, 48), t1);
    x = v128.load32_splat(a, 8);
    s0 = multiplyAdd(x, v128.load(b, 64), s0); s1 = multiplyAdd(x, v128.load(b, 80), s1);
    x = v128.load32_splat(a, 12);
    t0 = multiplyAdd(x, v128.load(b, 96), t0); t1 = multiplyAdd(x, v128.load(b, 112), t1);
    a += quadBytes;
    b += 128;
  }
  s0 = f32x4.add(s0, t0);
  s1 = f32x4.add(s1, t1);
  if (accumulate) {
    s0 = f32x4.add(s0, v128.load(c0));
    s1 = f32x4.add(s1, v128.load(c1));
  }
  v128.store(c0, s0);
  v128.store(c1, s1);
}

/**
 * c += aᵀ b, summed over the batch of each of `steps` steps, whose a and b are `aStep` and `bStep` bytes apart. a: `quads`
 * quads, b: `panels` * 2 quads, c: `panels` panels, each `panelBytes` after the last, of which 4 * quads rows from c on are
 * added to.
 */
export function addTransposedProduct(
  c: usize, a: usize, b: usize, batch: usize, quadBytes: usize, quads: usize, panels: usize, panelBytes: usize,
  steps: usize, aStep: usize, bStep: usize,
): void {
  for (let panel: usize = 0; panel < panels; panel++) {
    for (let quad: usize = 0; quad < quads; quad++) {
      addTransposedBlock(
        c + panel * panelBytes + quad * 128, a + quad * quadBytes, b + 2 * panel * quadBytes,
        batch, quadBytes, steps, aStep, bStep,
      );
    }
  }
}

/** Four rows of one panel, as in {@link block4}; four sequences at a turn. */
@inline function addTransposedBlock(
  c: usize, a: usize, b: usize, batch: usize, quadBytes: usize, steps: usize, aStep: usize, bStep: usize,
): void {
  let s00 = v128.load(c), s01 = v128.load(c, 16), s10 = v128.load(c, 32), s11 = v128.load(c, 48);
  let s20 = v128.load(c, 64), s21 = v128.load(c, 80), s30 = v128.load(c, 96), s31 = v128.load(c, 112);
  let b0: v128, b1: v128, x: v128, p: v128, q: v128;
  for (; steps > 0; steps--) {
    let left = b, right = b + quadBytes, y = a;
    const end = a + batch * 16, fours = a + (batch & ~3) * 16;
    while (y < fours) {
      b0 = v128.load(left); b1 = v128.load(right);
      x = v128.load32_splat(y); p = product(x, b0); q = product(x, b1); s00 = sum(p, b0, s00); s01 = sum(q, b1, s01);
      x = v128.load32_splat(y, 4); p = product(x, b0); q = product(x, b1); s10 = sum(p, b0, s10); s11 = sum(q, b1, s11);
      x = v128.load32_splat(y, 8); p = product(x, b0); q = product(x, b1); s20 = sum(p, b0, s20); s21 = sum(q, b1, s21);
      x = v128.load32_splat(y, 12); p = product(x, b0); q = product(x, b1); s30 = sum(p, b0, s30); s31 = sum(q, b1, s31);
      y += 16;

      b0 = v128.load(left, 16); b1 = v128.load(right, 16);
      x = v128.load32_splat(y); p = product(x, b0); q = product(x, b1); s00 = sum(p, b0, s00); s01 = sum(q, b1, s01);
      x = v128.load32_splat(y, 4); p = product(x, b0); q = product(x, b1); s10 = sum(p, b0, s10); s11 = sum(q, b1, s11);
      x = v128.load32_splat(y, 8); p = product(x, b0); q = product(x, b1); s20 = sum(p, b0, s20); s21 = sum(q, b1, s21);
      x = v128.load32_splat(y, 12); p = product(x, b0); q = product(x, b1); s30 = sum(p, b0, s30); s31 = sum(q, b1, s31);
      y += 16;

      b0 = v128.load(left, 32); b1 = v128.load(right, 32);
      x = v128.load32_splat(y); p = product(x, b0); q = product(x, b1); s00 = sum(p, b0, s00); s01 = sum(q, b1, s01);
      x = v128.load32_splat(y, 4); p = product(x, b0); q = product(x, b1); s10 = sum(p, b0, s10); s11 = sum(q, b1, s11);
      x = v128.load32_splat(y, 8); p = product(x, b0); q = product(x, b1); s20 = sum(p, b0, s20); s21 = sum(q, b1, s21);
      x = v128.load32_splat(y, 12); p = product(x, b0); q = product(x, b1); s30 = sum(p, b0, s30); s31 = sum(q, b1, s31);
      y += 16;

      b0 = v128.load(left, 48); b1 = v128.load(right, 48);
      x = v128.load32_splat(y); p = product(x, b0); q = product(x, b1); s00 = sum(p, b0, s00); s01 = sum(q, b1, s01);
      x = v128.load32_splat(y, 4); p = product(x, b0); q = product(x, b1); s10 = sum(p, b0, s10); s11 = sum(q, b1, s11);
      x = v128.load32_splat(y, 8); p = product(x, b0); q = product(x, b1); s20 = sum(p, b0, s20); s21 = sum(q, b1, s21);
      x = v128.load32_splat(y, 12); p = product(x, b0); q = product(x, b1); s30 = sum(p, b0, s30); s31 = sum(q, b1, s31);
      y += 16;
      left += 64; right += 64;
    }
    while (y < end) {
      b0 = v128.load(left); b1 = v128.load(right);
      x = v128.load32_splat(y); p = product(x, b0); q = product(x, b1); s00 = sum(p, b0, s00); s01 = sum(q, b1, s01);
      x = v128.load32_splat(y, 4); p = product(x, b0); q = product(x, b1); s10 = sum(p, b0, s10); s11 = sum(q, b1, s11);
      x = v128.load32_splat(y, 8); p = product(x, b0); q = product(x, b1); s20 = sum(p, b0, s20); s21 = sum(q, b1, s21);
      x = v128.load32_splat(y, 12); p = product(x, b0); q = product(x, b1); s30 = sum(p, b0, s30); s31 = sum(q, b1, s31);
      y += 16;
      left += 16; right += 16;
    }
    a += aStep;
    b += bStep;
  }
  v128.store(c, s00); v128.store(c, s01, 16); v128.store(c, s10, 32); v128.store(c, s11, 48);
  v128.store(c, s20, 64); v128.store(c, s21, 80); v128.store(c, s30, 96); v128.store(c, s31, 112);
}
