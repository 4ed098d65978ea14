/** The length of a PNG file's signature. */
const SIGNATURE = 8;

const crcTable = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let bit = 0; bit < 8; bit++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c;
});

function crcOf(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = crcTable[(crc ^ byte) & 0xff]! ^ (crc >>> 8);
  return ~crc >>> 0;
}

/** A chunk of a PNG file: its length, its kind, what it says, and a checksum of the last two. */
function chunk(kind: string, content: Uint8Array): Uint8Array {
  const written = new Uint8Array(12 + content.length);
  const view = new DataView(written.buffer);
  view.setUint32(0, content.length);
  written.set(new TextEncoder().encode(kind), 4);
  written.set(content, 8);
  view.setUint32(8 + content.length, crcOf(written.subarray(4, 8 + content.length)));
  return written;
}

/**
 * A PNG file that says more of itself: texts by their keywords, in the chunks that the format has for them (iTXt, UTF-8).
 * @param png a whole PNG file
 * @param texts keywords of at most 79 Latin letters
 */
export function withPngTexts(png: Uint8Array, texts: Record<string, string>): Uint8Array<ArrayBuffer> {
  // Right after the header, which is the first chunk.
  const header = SIGNATURE + 12 + new DataView(png.buffer, png.byteOffset).getUint32(SIGNATURE);
  const chunks = Object.entries(texts).map(([keyword, text]) =>
    // No compression, and neither a language nor a translated keyword.
    chunk('iTXt', new TextEncoder().encode(`${keyword}\0\0\0\0\0${text}`)),
  );
  const parts = [png.subarray(0, header), ...chunks, png.subarray(header)];
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
