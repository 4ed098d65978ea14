/** Colours as people see them, those with a colour vision deficiency too, and how far apart two of them are. */

/** Red, green and blue of sRGB, from 0 to 1. */
export type Rgb = readonly [number, number, number];
type Lab = readonly [number, number, number];
type Matrix = readonly [Rgb, Rgb, Rgb];

export const visions = ['usual', 'protanopia', 'deuteranopia', 'tritanopia'] as const;
export type Vision = (typeof visions)[number];

/**
 * What is left of linear red, green and blue where one kind of cone is missing: Machado, Oliveira and Fernandes, “A
 * Physiologically-based Model for Simulation of Color Vision Deficiency”, 2009, at full severity.
 */
const missing: Record<Exclude<Vision, 'usual'>, Matrix> = {
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

const toD65: Matrix = [
  [0.4123908, 0.3575843, 0.1804808],
  [0.212639, 0.7151687, 0.0721923],
  [0.0193308, 0.1191948, 0.9505322],
];
const white: Rgb = [0.9504559, 1, 1.0890578];

const linear = (share: number) => (share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4);
const times = (matrix: Matrix, [a, b, c]: Rgb): Rgb => {
  const [x, y, z] = matrix.map(([p, q, r]) => p * a + q * b + r * c);
  return [x!, y!, z!];
};
const within = (share: number) => Math.min(1, Math.max(0, share));

/** @param written six hexadecimal digits */
export function rgbOf(written: string): Rgb {
  const [red, green, blue] = [1, 3, 5].map((at) => parseInt(written.slice(at, at + 2), 16) / 255);
  return [red!, green!, blue!];
}

function linearRgb([red, green, blue]: Rgb): Rgb {
  return [linear(red), linear(green), linear(blue)];
}

export function luminance(colour: Rgb): number {
  return times(toD65, linearRgb(colour))[1];
}

/** How strongly two colours contrast, from 1 to 21: WCAG 2. */
export function contrast(a: Rgb, b: Rgb): number {
  const [low, high] = [luminance(a), luminance(b)].sort((p, q) => p - q) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

function labOf(colour: Rgb, vision: Vision): Lab {
  const light = linearRgb(colour);
  const seen = vision === 'usual' ? light : times(missing[vision], light);
  const [x, y, z] = times(toD65, [within(seen[0]), within(seen[1]), within(seen[2])]);
  const root = (share: number) => (share > 216 / 24389 ? Math.cbrt(share) : ((24389 / 27) * share + 16) / 116);
  const [fx, fy, fz] = [root(x / white[0]), root(y / white[1]), root(z / white[2])];
  return [116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)];
}

export function distance(a: Rgb, b: Rgb, vision: Vision): number {
  return ciede2000(labOf(a, vision), labOf(b, vision));
}

const degrees = Math.PI / 180;

/** CIEDE2000: about 1 is what can just be told apart side by side. */
export function ciede2000([l1, a1, b1]: Lab, [l2, a2, b2]: Lab): number {
  const mean = (Math.hypot(a1, b1) + Math.hypot(a2, b2)) / 2;
  const more = 1.5 - 0.5 * Math.sqrt(mean ** 7 / (mean ** 7 + 25 ** 7));
  const [p1, p2] = [more * a1, more * a2];
  const [c1, c2] = [Math.hypot(p1, b1), Math.hypot(p2, b2)];
  const hue = (b: number, a: number) => (a === 0 && b === 0 ? 0 : (Math.atan2(b, a) / degrees + 360) % 360);
  const [h1, h2] = [hue(b1, p1), hue(b2, p2)];
  const gray = c1 * c2 === 0;
  const turn = gray ? 0 : ((h2 - h1 + 540) % 360) - 180;
  const hueDifference = 2 * Math.sqrt(c1 * c2) * Math.sin((turn / 2) * degrees);
  const [light, chroma] = [(l1 + l2) / 2, (c1 + c2) / 2];
  const middle = gray ? h1 + h2 : (h1 + turn / 2 + 360) % 360;
  const t =
    1 -
    0.17 * Math.cos((middle - 30) * degrees) +
    0.24 * Math.cos(2 * middle * degrees) +
    0.32 * Math.cos((3 * middle + 6) * degrees) -
    0.2 * Math.cos((4 * middle - 63) * degrees);
  const onLight = 1 + (0.015 * (light - 50) ** 2) / Math.sqrt(20 + (light - 50) ** 2);
  const onChroma = 1 + 0.045 * chroma;
  const onHue = 1 + 0.015 * chroma * t;
  const twist =
    -2 *
    Math.sqrt(chroma ** 7 / (chroma ** 7 + 25 ** 7)) *
    Math.sin(60 * Math.exp(-(((middle - 275) / 25) ** 2)) * degrees);
  const [dl, dc, dh] = [(l2 - l1) / onLight, (c2 - c1) / onChroma, hueDifference / onHue];
  return Math.sqrt(dl ** 2 + dc ** 2 + dh ** 2 + twist * dc * dh);
}
