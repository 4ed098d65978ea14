const NAMES = ['', ' thousand', ' million', ' billion', ' trillion'];

/** A number of at least 1 to two significant digits, as it is said: 3,200; 4.1 million; 10 to the power of 21. */
export function approximately(value: number): string {
  const rounded = Number(value.toPrecision(2));
  if (rounded < 1e6) return rounded.toLocaleString('en');
  if (rounded >= 1e15) return `10 to the power of ${Math.round(Math.log10(value))}`;
  const group = Math.floor(Math.log10(rounded) / 3);
  return `${Number((rounded / 1000 ** group).toPrecision(2))}${NAMES[group]}`;
}

/** A positive ratio in words: "about 3,200 times smaller". */
export function inTimes(ratio: number): string {
  if (ratio > 0.8 && ratio < 1.25) return 'about as large';
  return ratio < 1 ? `about ${approximately(1 / ratio)} times smaller` : `about ${approximately(ratio)} times larger`;
}

/** A positive ratio in words, to be followed by the thing compared with: "about 3,200 times smaller than". */
export function timesAsLarge(ratio: number): string {
  const said = inTimes(ratio);
  return said === 'about as large' ? `${said} as` : `${said} than`;
}

/** A positive part or multiple of something: "0.12 of", "one part in 3,200 of", "15 times". */
export function shareOf(share: number): string {
  if (share >= 1.5) return `${approximately(share)} times`;
  return share < 0.01 ? `one part in ${approximately(1 / share)} of` : `${Number(share.toPrecision(2))} of`;
}

/** A share as a percentage with one decimal where it has one: 49.6%, 100%. */
export function percent(share: number): string {
  return `${Number((100 * share).toFixed(1))}%`;
}

/** Parts of a sentence one after the other: "a", "a and b", "a, b, and c". */
export function inList(parts: readonly string[]): string {
  if (parts.length < 2) return parts.join('');
  return `${parts.slice(0, -1).join(', ')}${parts.length > 2 ? ',' : ''} and ${parts.at(-1)}`;
}

/** With a capital letter at its beginning. */
export function capitalised(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

/** A number with so many decimals and a minus sign as it is printed; no minus zero. */
export function signed(value: number, digits = 2): string {
  const text = value.toFixed(digits);
  return Number(text) === 0 ? (0).toFixed(digits) : text.replace('-', '−');
}
