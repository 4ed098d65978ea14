import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';

import { expect } from './helpers.ts';

/** Two ways in which a page is looked at: between them every rule is held in both widths and both themes. */
const views = [
  { width: 390, colorScheme: 'light' },
  { width: 1440, colorScheme: 'dark' },
] as const;

/** Holds the whole page in one of the {@link views}: pages of one make take turns, for each look takes seconds. */
export async function expectAccessibleInTurn(page: Page, turn: number): Promise<void> {
  const { width, colorScheme } = views[turn % views.length]!;
  await page.setViewportSize({ width, height: 900 });
  await page.emulateMedia({ colorScheme });
  await expectAccessible(page);
}

/**
 * Holds the whole page against every rule that axe runs by itself, best practices among them, and against the size of
 * targets, which it would leave out. No rule is switched off and no element is left out.
 */
export async function expectAccessible(page: Page): Promise<void> {
  const { violations, passes } = await new AxeBuilder({ page })
    .options({
      rules: { 'target-size': { enabled: true }, 'label-content-name-mismatch': { enabled: true } },
      resultTypes: ['violations'],
    })
    // The other mode gathers results from frames in a page of its own, and takes twice as long.
    .setLegacyMode()
    .analyze();
  const found = violations.map(
    ({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ target }) => target).join(' | ')}`,
  );
  expect(found).toEqual([]);
  expect(passes.length).toBeGreaterThan(15);
}

/**
 * Shows the page as to a reader whose system says the colours, and holds it to those: whatever is drawn has one of them, and no
 * words are of the colour of their ground.
 */
export async function expectSystemColours(page: Page): Promise<void> {
  await page.emulateMedia({ forcedColors: 'active' });
  const { strange, unreadable } = await page.evaluate(() => {
    const probe = document.body.appendChild(document.createElement('i'));
    const [canvas, ...others] = ['Canvas', 'CanvasText', 'LinkText', 'GrayText', 'Highlight', 'HighlightText'].map(
      (name) => {
        probe.style.setProperty('color', name);
        probe.style.setProperty('forced-color-adjust', 'none');
        return getComputedStyle(probe).color;
      },
    );
    probe.remove();
    const ofSystem = (paint: string) =>
      [canvas, ...others, 'none', 'rgba(0, 0, 0, 0)'].includes(paint) || paint.startsWith('url(');
    const shapes = [...document.querySelectorAll('svg :is(path, rect, circle, line, text, tspan)')].filter((shape) =>
      shape.closest('svg')!.checkVisibility(),
    );
    const told = (element: Element) => `${element.outerHTML.slice(0, 90)} in ${element.closest('[id]')?.id}`;
    return {
      strange: shapes
        .filter((shape) => {
          const { fill, stroke } = getComputedStyle(shape);
          return !ofSystem(stroke) || (shape.localName !== 'line' && !ofSystem(fill));
        })
        .map(told),
      unreadable: [...document.querySelectorAll('a, button, label, summary, td, th, p, h1, h2, h3, svg text')]
        .filter((element) => {
          const { color, fill, backgroundColor, visibility } = getComputedStyle(element);
          if (!element.checkVisibility() || visibility !== 'visible') return false;
          if (element.localName === 'text') return fill === canvas;
          return color === backgroundColor;
        })
        .map(told),
    };
  });
  await page.emulateMedia({ forcedColors: 'none' });
  expect({ strange, unreadable }).toEqual({ strange: [], unreadable: [] });
}
