/** Where a page or a worker gets the compiled module from. In Node wasm-binary.node.ts stands in for this. */
const addresses = {
  'recurrent.wasm': new URL('./generated/recurrent.wasm?no-inline', import.meta.url),
  'recurrent-relaxed.wasm': new URL('./generated/recurrent-relaxed.wasm?no-inline', import.meta.url),
};

/** @throws Error where it cannot be had */
export async function readWasm(name: keyof typeof addresses): Promise<ArrayBuffer> {
  const response = await fetch(addresses[name]);
  if (!response.ok) throw new Error(`${name}: ${response.status} ${response.statusText}`);
  return response.arrayBuffer();
}
