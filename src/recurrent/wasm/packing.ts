/** Into the layouts of ./matrix.ts. */

/**
 * Fills the quads from (1, x) on, of every step, with these and with zeros behind them. rows: x, [time, batch, features]; quads:
 * those of the first step, `stepBytes` before the next's.
 */
export function inputToQuads(
  quads: usize, rows: usize, time: usize, batch: usize, features: usize, quadBytes: usize, stepBytes: usize,
): void {
  for (let t: usize = 0; t < time; t++) {
    for (let row: usize = 0; row < batch; row++) {
      let to = quads + t * stepBytes + row * 16;
      store<f32>(to, 1);
      let place: usize = 4;
      for (const end = rows + features * 4; rows < end; rows += 4) {
        store<f32>(to + place, load<f32>(rows));
        place += 4;
        if (place == 16) {
          place = 0;
          to += quadBytes;
        }
      }
      for (; place & 15; place += 4) store<f32>(to + place, 0);
    }
  }
}

/** Fills panels [rows / 8][columns][8], what pads them with zeros, with the transpose of panels [columns / 8][rows][8]. */
export function transpose(to: usize, from: usize, rows: usize, columns: usize): void {
  memory.fill(to, 0, (rows + 7) / 8 * columns * 32);
  for (let column: usize = 0; column < columns; column++) {
    for (let row: usize = 0; row < rows; row++) {
      const value = load<f32>(from + ((column >> 3) * rows + row) * 32 + (column & 7) * 4);
      store<f32>(to + ((row >> 3) * columns + column) * 32 + (row & 7) * 4, value);
    }
  }
}
