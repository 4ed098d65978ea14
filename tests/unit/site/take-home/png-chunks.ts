interface Chunk {
  kind: string;
  content: Buffer;
  checksum: number;
}

/** The chunks of a PNG file, in their order. */
export function pngChunks(png: Uint8Array): Chunk[] {
  const file = Buffer.from(png);
  const chunks: Chunk[] = [];
  for (let at = 8; at < file.length;) {
    const end = at + 8 + file.readUInt32BE(at);
    const kind = file.toString('latin1', at + 4, at + 8);
    chunks.push({ kind, content: file.subarray(at + 8, end), checksum: file.readUInt32BE(end) });
    at = end + 4;
  }
  return chunks;
}
