import type { Floats } from './types.ts';

/** What wasm/index.ts exports. Pointers and sizes are numbers of bytes, unless it says otherwise there. */
export interface WasmExports {
  memory: WebAssembly.Memory;
  allocate(bytes: number): number;
  release(pointer: number): void;
  simpleRnnForward(...numbers: number[]): void;
  simpleRnnBackward(...numbers: number[]): void;
  lstmForward(...numbers: number[]): void;
  lstmBackward(...numbers: number[]): void;
  gruForward(...numbers: number[]): void;
  gruBackward(...numbers: number[]): void;
  inputToQuads(...numbers: number[]): void;
  transpose(to: number, from: number, rows: number, columns: number): void;
  squaredNorm(values: number, length: number): number;
  adam(...numbers: number[]): void;
  momentum(...numbers: number[]): void;
}

/** What one allocation may take: above it WebAssembly's 32-bit addresses soon run out. */
const MOST_BYTES = 2 ** 31 - 2 ** 16;

/** An allocation in the module's memory, cut into parts that are known by name. */
export class Block<Name extends string> {
  readonly #wasm: WasmExports;
  readonly #offsets: Record<Name, number>;
  readonly #lengths: Record<Name, number>;
  #start: number | undefined;

  /**
   * @param lengths how many float32 each part is to hold; their values are whatever was there before
   * @throws RangeError where there is not enough memory
   */
  constructor(wasm: WasmExports, lengths: Record<Name, number>) {
    this.#wasm = wasm;
    this.#lengths = lengths;
    const offsets: Partial<Record<Name, number>> = {};
    let bytes = 0;
    for (const name in lengths) {
      offsets[name] = bytes;
      bytes += 16 * Math.ceil(lengths[name] / 4);
    }
    this.#offsets = offsets as Record<Name, number>;
    this.#start = allocate(wasm, bytes);
  }

  /** Where the part begins, in bytes. */
  at(name: Name): number {
    if (this.#start === undefined) throw new Error('this pass was released, or a later one took its place');
    return this.#start + this.#offsets[name];
  }

  /** The part itself. Allocating anything makes this view useless: ask for it anew. */
  view(name: Name): Floats {
    return new Float32Array(this.#wasm.memory.buffer as ArrayBuffer, this.at(name), this.#lengths[name]);
  }

  release(): void {
    if (this.#start !== undefined) this.#wasm.release(this.#start);
    this.#start = undefined;
  }
}

function allocate(wasm: WasmExports, bytes: number): number {
  const tooMuch = () =>
    new RangeError(
      `this needs ${Math.ceil(bytes / 2 ** 20)} MiB, more than there is: use fewer steps, sequences or units`,
    );
  if (bytes > MOST_BYTES) throw tooMuch();
  try {
    return wasm.allocate(bytes);
  } catch {
    throw tooMuch();
  }
}
