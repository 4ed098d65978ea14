declare module 'subset-font' {
  /** A font with the glyphs of `text` and nothing else. */
  export default function subsetFont(
    font: Uint8Array,
    text: string,
    options?: {
      targetFormat?: 'woff2' | 'woff' | 'truetype';
      /** A part of an axis, or one place on it. */
      variationAxes?: Record<string, number | { min: number; max: number }>;
      /** Layout features by their tags: all unless given. */
      keepFeatures?: readonly string[];
    },
  ): Promise<Uint8Array>;
}
