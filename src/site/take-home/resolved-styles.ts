/** What the page's styles come out as, in the terms that SVG files have everywhere. */

interface Paint {
  /** Six hexadecimal digits, `none`, or a reference to what is defined in the same file. */
  paint: string;
  opacity: number;
}

const hex = (byte: number) => byte.toString(16).padStart(2, '0');
const known = new Map<string, Paint>();

/** @param written a colour or paint as the browser computes it */
export function svgPaint(written: string): Paint {
  if (written === 'none') return { paint: 'none', opacity: 1 };
  const reference = /^url\("?([^")]+)"?\)/.exec(written);
  if (reference) return { paint: `url(${reference[1]})`, opacity: 1 };
  const rgb = /^rgba?\((\d+), (\d+), (\d+)(?:, ([\d.]+))?\)$/.exec(written);
  if (rgb) {
    const [red, green, blue] = rgb.slice(1, 4).map((byte) => hex(Number(byte)));
    return { paint: `#${red}${green}${blue}`, opacity: Number(rgb[4] ?? 1) };
  }
  // A mixed colour, in a space of its own: the browser knows what it looks like.
  const found = known.get(written) ?? painted(written);
  known.set(written, found);
  return found;
}

let dot: CanvasRenderingContext2D | null = null;

function painted(colour: string): Paint {
  dot ??= document.createElement('canvas').getContext('2d', { willReadFrequently: true })!;
  dot.clearRect(0, 0, 1, 1);
  dot.fillStyle = colour;
  dot.fillRect(0, 0, 1, 1);
  const [red, green, blue, alpha] = dot.getImageData(0, 0, 1, 1).data;
  return { paint: `#${hex(red!)}${hex(green!)}${hex(blue!)}`, opacity: Number((alpha! / 255).toFixed(3)) };
}

/** Names of fonts as a system has them: without the marks by which the page tells its own files apart, and their stand-ins. */
export function fontNames(family: string): string[] {
  const names = family
    .split(',')
    .map((name) => name.trim().replaceAll(/^["']|["']$/g, ''))
    .filter((name) => !/ fallback\b/.test(name))
    .map((name) => name.replace(/-[0-9a-f]{8,}$/, ''));
  return [...new Set(names)];
}

/** The same as a value for `font-family`. */
export function systemFonts(family: string): string {
  return fontNames(family)
    .map((name) => (/^[a-z -]+$/i.test(name) ? name : `'${name}'`))
    .join(', ');
}
