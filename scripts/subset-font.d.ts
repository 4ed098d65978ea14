declare module 'subset-font' {
  /** A font with the glyphs of `text` and nothing else. */
  export default function subsetFont(
    font: Uint8Array,
    text: string,
    options?: { targetFormat?: 'woff2' | 'woff' | 'truetype'; variationAxes?: Record<string, number> },
  ): Promise<Uint8Array>;
}
