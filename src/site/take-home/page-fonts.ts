import { element } from '#src/site/html.ts';

import { fontNames } from './resolved-styles.ts';

/**
 * A picture with the page's own fonts in it, as far as it names them, so that its words look and fit as they do on the page. An
 * image loads nothing by itself. Where a font cannot be had, the system's stands in.
 */
export async function pageFonts(svg: string): Promise<string> {
  const faces = await Promise.all(facesNamedIn(svg).map((face) => withItsFile(face).catch(() => '')));
  // What stands in a style element of SVG is text like any other, and these have nothing to be escaped.
  return svg.replace('</metadata>', `</metadata>${element('style', {}, faces.join('')).replaceAll('&quot;', '"')}`);
}

interface Face {
  family: string;
  rule: CSSFontFaceRule;
  address: string;
}

function facesNamedIn(svg: string): Face[] {
  return [...document.styleSheets].flatMap((sheet) =>
    [...sheet.cssRules].flatMap((rule) => {
      if (!(rule instanceof CSSFontFaceRule)) return [];
      const [family] = fontNames(rule.style.getPropertyValue('font-family'));
      const file = /url\("?([^")]+)"?\)/.exec(rule.style.getPropertyValue('src'))?.[1];
      if (!family || !file || !svg.includes(family)) return [];
      return [{ family, rule, address: new URL(file, sheet.href ?? location.href).href }];
    }),
  );
}

async function withItsFile({ family, rule, address }: Face): Promise<string> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`No font at ${address}`);
  const file = await response.blob();
  const data = await new Promise<string>((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result as string);
    reader.onerror = () => reject(reader.error ?? new Error('unread'));
    reader.readAsDataURL(file);
  });
  const [weight, style] = ['font-weight', 'font-style'].map((name) => rule.style.getPropertyValue(name));
  return `@font-face{font-family:"${family}";src:url("${data}");font-weight:${weight || 'normal'};font-style:${style || 'normal'}}`;
}
