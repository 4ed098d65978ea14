/** Pictures narrower than this are signs among the words. */
const LEAST_WIDTH = 120;

/** What of an experiment's frame can be drawn, by what it is called: all of it, and each of its pictures. */
export function partsOf(frame: Element): Map<string, HTMLElement | SVGSVGElement> {
  const parts = new Map<string, HTMLElement | SVGSVGElement>();
  const [picture, below] = ['.picture', '.below'].map((name) => frame.querySelector<HTMLElement>(name));
  if (picture) parts.set('All of the picture', picture);
  if (below) parts.set('All that is below it', below);
  for (const area of [picture, below]) {
    for (const svg of area?.querySelectorAll<SVGSVGElement>('svg[role="img"]') ?? []) {
      if (!svg.checkVisibility() || svg.clientWidth < LEAST_WIDTH) continue;
      const name = nameOf(svg);
      const alike = [...parts.keys()].filter((known) => known.replace(/ \(\d+\)$/, '') === name).length;
      parts.set(alike > 0 ? `${name} (${alike + 1})` : name, svg);
    }
  }
  return parts;
}

function nameOf(svg: SVGSVGElement): string {
  return svg.getAttribute('aria-label') ?? svg.querySelector('title')?.textContent ?? 'A picture';
}
