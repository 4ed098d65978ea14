/**
 * Draws a part of the page as SVG that needs nothing beside it: what style sheets say of each element becomes its attributes,
 * and what is no SVG, words and tables of numbers, becomes texts and boxes in the places that they have on the page.
 */
import { element } from '#src/site/html.ts';

import { svgPaint, systemFonts } from './resolved-styles.ts';
import { xmlText, type Drawing } from './svg-file.ts';

/** Handed down from element to element, with what they are where nobody says anything. */
const INHERITED = {
  fill: '#000000',
  'fill-opacity': '1',
  stroke: 'none',
  'stroke-opacity': '1',
  'stroke-width': '1',
  'stroke-dasharray': 'none',
  'stroke-linecap': 'butt',
  'stroke-linejoin': 'miter',
  'paint-order': 'normal',
  'shape-rendering': 'auto',
  'text-anchor': 'start',
  'font-family': '',
  'font-size': '',
  'font-weight': '400',
  'font-style': 'normal',
};
/** Not handed down. */
const OWN = { opacity: '1', 'dominant-baseline': 'auto', 'stop-color': '#000000', 'stop-opacity': '1' };

type Styles = typeof INHERITED;

/** What is never seen itself, and defines what is: it has no box, and may be referred to. */
const DEFINES = new Set(['defs', 'pattern', 'clipPath', 'linearGradient', 'radialGradient', 'stop', 'mask', 'marker']);
const DRAWN = new Set([
  ...['svg', 'g', 'path', 'rect', 'circle', 'ellipse', 'line', 'polyline', 'polygon', 'text', 'tspan', 'use'],
  ...DEFINES,
]);
const SAYS = new Set(['title', 'desc']);
/** Attributes that mean something on the page only. */
const OF_THE_PAGE = /^(class|style|id|role|tabindex|on.*|aria-.*|data-.*|xmlns.*)$/;

const short = (pixels: number) => String(Number(pixels.toFixed(2)));

/** Hears how far what is drawn reaches. */
interface Canvas {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/**
 * The part as it is on paper: in light colours, and without what only answers to somebody. The page is laid out so while this
 * looks at it, and is back before anything is painted.
 */
export function drawOnPaper(part: HTMLElement | SVGSVGElement): Drawing {
  const { scrollX, scrollY } = window;
  part.dataset['onPaper'] = '';
  try {
    const { left, top, width, height } = part.getBoundingClientRect();
    const canvas = { left, top, right: left + width, bottom: top + height };
    const content = drawElement(part, canvas, '');
    const { color, backgroundColor } = getComputedStyle(part);
    return {
      content,
      width: canvas.right - left,
      height: canvas.bottom - top,
      paper: svgPaint(backgroundColor).paint,
      ink: svgPaint(color).paint,
    };
  } finally {
    delete part.dataset['onPaper'];
    scrollTo(scrollX, scrollY);
  }
}

function drawElement(part: Element, canvas: Canvas, decoration: string): string {
  const style = getComputedStyle(part);
  const seen = style.display === 'contents' || part.checkVisibility({ visibilityProperty: true });
  if (!seen || part.classList.contains('visually-hidden')) return '';
  if (part instanceof SVGSVGElement) return drawPlaced(part, canvas);
  const line = style.textDecorationLine === 'none' ? decoration : style.textDecorationLine;
  const children = [...part.childNodes].map((child) => {
    if (child instanceof Element) return drawElement(child, canvas, line);
    return child instanceof Text ? drawText(child, style, canvas, line) : '';
  });
  const content = drawBox(part, style, canvas) + children.join('');
  return style.opacity === '1' || content === '' ? content : element('g', { opacity: style.opacity }, content);
}

function reach(canvas: Canvas, { right, bottom }: { right: number; bottom: number }): void {
  canvas.right = Math.max(canvas.right, right);
  canvas.bottom = Math.max(canvas.bottom, bottom);
}

/** An SVG element where it stands on the page. */
function drawPlaced(svg: SVGSVGElement, canvas: Canvas): string {
  const box = svg.getBoundingClientRect();
  reach(canvas, box);
  const place = {
    x: short(box.left - canvas.left),
    y: short(box.top - canvas.top),
    width: short(box.width),
    height: short(box.height),
    // Words may be wider in another font.
    overflow: 'visible',
  };
  return drawGraphic(svg, INHERITED, place);
}

/** An element of SVG, and all in it. @param place attributes that it gets instead of its own */
function drawGraphic(graphic: Element, above: Styles, place: Record<string, string | undefined> = {}): string {
  const name = graphic.localName;
  if (SAYS.has(name)) return element(name, {}, xmlText(graphic.textContent));
  if (!DRAWN.has(name)) return '';
  const style = getComputedStyle(graphic);
  const defines = DEFINES.has(name);
  if (!defines && style.display === 'none') return '';
  const styles = stylesOf(style);
  const attributes: Record<string, string | undefined> = {};
  for (const { name, value } of graphic.attributes) {
    if (!OF_THE_PAGE.test(name) && !(name in INHERITED) && !(name in OWN)) attributes[name] = value;
  }
  if (defines && graphic.id) attributes['id'] = graphic.id;
  for (const property of keysOf(INHERITED)) {
    if (styles[property] !== above[property]) attributes[property] = styles[property];
  }
  for (const property of keysOf(OWN)) {
    const value = property === 'stop-color' ? svgPaint(style.stopColor).paint : style.getPropertyValue(property);
    if (value !== OWN[property]) attributes[property] = value;
  }
  if (style.visibility !== 'visible') attributes['visibility'] = 'hidden';
  const children = [...graphic.childNodes].map((child) => {
    if (child instanceof Element) return drawGraphic(child, styles);
    return child instanceof Text && (name === 'text' || name === 'tspan') ? xmlText(child.data) : '';
  });
  return element(name, { ...attributes, ...place }, children.join(''));
}

const keysOf = <T extends object>(object: T) => Object.keys(object) as (keyof T & string)[];

function stylesOf(style: CSSStyleDeclaration): Styles {
  const [fill, stroke] = [svgPaint(style.fill), svgPaint(style.stroke)];
  const opacity = (whole: string, paint: number) => String(Number((Number(whole) * paint).toFixed(3)));
  return {
    fill: fill.paint,
    'fill-opacity': opacity(style.fillOpacity, fill.opacity),
    stroke: stroke.paint,
    'stroke-opacity': opacity(style.strokeOpacity, stroke.opacity),
    'stroke-width': style.strokeWidth.replace(/px$/, ''),
    'stroke-dasharray': style.strokeDasharray.replaceAll('px', ''),
    'stroke-linecap': style.strokeLinecap,
    'stroke-linejoin': style.strokeLinejoin,
    'paint-order': style.paintOrder,
    'shape-rendering': style.shapeRendering,
    'text-anchor': style.textAnchor,
    'font-family': systemFonts(style.fontFamily),
    'font-size': style.fontSize.replace(/px$/, ''),
    'font-weight': style.fontWeight,
    'font-style': style.fontStyle,
  };
}

const SIDES = ['top', 'right', 'bottom', 'left'] as const;

/** Background and borders. */
function drawBox(part: Element, style: CSSStyleDeclaration, canvas: Canvas): string {
  const background = svgPaint(style.backgroundColor);
  const borders = SIDES.map((side) => ({
    width: parseFloat(style.getPropertyValue(`border-${side}-width`)),
    dashed: style.getPropertyValue(`border-${side}-style`) !== 'solid',
    ...svgPaint(style.getPropertyValue(`border-${side}-color`)),
  }));
  const there = borders.filter(({ width, opacity }) => width > 0 && opacity > 0);
  if (background.opacity === 0 && there.length === 0) return '';
  const box = part.getBoundingClientRect();
  reach(canvas, box);
  const [x, y] = [box.left - canvas.left, box.top - canvas.top];
  const [first] = borders;
  const alike =
    there.length === 4 && borders.every(({ paint, width }) => paint === first!.paint && width === first!.width);
  const inset = alike ? first!.width / 2 : 0;
  const filled = element(
    'rect',
    {
      x: short(x + inset),
      y: short(y + inset),
      width: short(Math.max(0, box.width - 2 * inset)),
      height: short(Math.max(0, box.height - 2 * inset)),
      rx: short(Math.max(0, parseFloat(style.borderTopLeftRadius) - inset)),
      fill: background.opacity > 0 ? background.paint : 'none',
      'fill-opacity': background.opacity < 1 ? short(background.opacity) : undefined,
      ...(alike && strokeOf(first!)),
    },
    '',
  );
  if (alike) return filled;
  const corners = [
    [x, y],
    [x + box.width, y],
    [x + box.width, y + box.height],
    [x, y + box.height],
  ] as const;
  const lines = borders.map((border, side) => {
    if (border.width === 0 || border.opacity === 0) return '';
    const [[x1, y1], [x2, y2]] = [corners[side]!, corners[(side + 1) % 4]!];
    return element('path', { d: `M${short(x1)} ${short(y1)}L${short(x2)} ${short(y2)}`, ...strokeOf(border) }, '');
  });
  return filled + lines.join('');
}

function strokeOf(border: { paint: string; opacity: number; width: number; dashed: boolean }) {
  return {
    stroke: border.paint,
    'stroke-width': short(border.width),
    'stroke-opacity': border.opacity < 1 ? short(border.opacity) : undefined,
    'stroke-dasharray': border.dashed ? `${3 * border.width} ${2 * border.width}` : undefined,
  };
}

/** Words outside of SVG, line by line, each where it stands and as wide as it is there, whatever font there will be. */
function drawText(text: Text, style: CSSStyleDeclaration, canvas: Canvas, decoration: string): string {
  const { paint, opacity } = svgPaint(style.color);
  return linesOf(text)
    .map(({ words, box }) => {
      reach(canvas, box);
      const attributes = {
        x: short(box.left - canvas.left),
        y: short(baselineOf(box, style) - canvas.top),
        textLength: short(box.right - box.left),
        lengthAdjust: 'spacingAndGlyphs',
        fill: paint,
        'fill-opacity': opacity < 1 ? short(opacity) : undefined,
        'font-family': systemFonts(style.fontFamily),
        'font-size': style.fontSize.replace(/px$/, ''),
        'font-weight': style.fontWeight === '400' ? undefined : style.fontWeight,
        'font-style': style.fontStyle === 'normal' ? undefined : style.fontStyle,
        'text-decoration': decoration || undefined,
      };
      return element('text', attributes, xmlText(style.textTransform === 'uppercase' ? words.toUpperCase() : words));
    })
    .join('');
}

interface Line {
  words: string;
  box: { left: number; top: number; right: number; bottom: number };
}

/** A text's lines, as the page has broken it. White space that is not seen has no box. */
function linesOf(text: Text): Line[] {
  const range = document.createRange();
  const lines: Line[] = [];
  let at = 0;
  for (const character of text.data) {
    range.setStart(text, at);
    at += character.length;
    range.setEnd(text, at);
    const [box] = range.getClientRects();
    if (!box || box.width === 0) continue;
    const line = lines.at(-1);
    const { left, top, right, bottom } = box;
    if (line && Math.abs(line.box.top - top) < 1 && Math.abs(line.box.right - left) < 1) {
      line.words += character;
      line.box.right = right;
    } else if (character.trim()) {
      lines.push({ words: character, box: { left, top, right, bottom } });
    }
  }
  return lines;
}

let ruler: CanvasRenderingContext2D | null = null;

function baselineOf({ top, bottom }: Line['box'], style: CSSStyleDeclaration): number {
  ruler ??= document.createElement('canvas').getContext('2d')!;
  ruler.font = `${style.fontStyle} ${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
  const { fontBoundingBoxAscent: up, fontBoundingBoxDescent: down } = ruler.measureText('x');
  return top + ((bottom - top) * up) / (up + down);
}
