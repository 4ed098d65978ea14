import { readFile } from 'node:fs/promises';

/** Where Node gets the compiled module from. @throws Error where it was not built */
export function readWasm(name: 'recurrent.wasm' | 'recurrent-relaxed.wasm'): Promise<Uint8Array<ArrayBuffer>> {
  return readFile(new URL(`./generated/${name}`, import.meta.url));
}
