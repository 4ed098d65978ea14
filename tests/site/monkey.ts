import type { Page } from '@playwright/test';

import { createRandom, type Random } from '#src/sequences/random.ts';

/** What the monkey may press, turn and type into. A link that leads away is none of its business. */
const ANSWERS =
  'main :is(button, input, select, textarea, summary, label, [tabindex="0"], [role="slider"], svg, a[href^="#"])';

const KEYS = [
  ...['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End', 'PageUp', 'PageDown', 'Tab', 'Shift+Tab'],
  ...['Enter', 'Space', 'Escape', 'Delete', 'Backspace', '0', '7', '9', '.', '-', 'e', '<'],
];

interface Spot {
  what: string;
  x: number;
  y: number;
}

type Act = (page: Page, spot: Spot, random: Random) => Promise<unknown>;

const near = ({ x, y }: Spot, random: Random) => [x + random.uniform(-150, 150), y + random.uniform(-40, 40)] as const;

const acts: Record<string, Act> = {
  click: (page, { x, y }) => page.mouse.click(x, y),
  'double click': (page, { x, y }) => page.mouse.dblclick(x, y),
  async drag(page, spot, random) {
    await page.mouse.move(spot.x, spot.y);
    await page.mouse.down();
    await page.mouse.move(...near(spot, random), { steps: 4 });
    await page.mouse.up();
  },
  tap: (page, { x, y }) => page.touchscreen.tap(x, y),
  async wheel(page, { x, y }, random) {
    await page.mouse.move(x, y);
    await page.mouse.wheel(0, random.uniform(-400, 400));
  },
  async keys(page, _spot, random) {
    for (let i = 0; i < 3; i++) await page.keyboard.press(KEYS[random.integer(KEYS.length)]!);
  },
  async 'click and keys'(page, spot, random) {
    await page.mouse.click(spot.x, spot.y);
    await acts['keys']!(page, spot, random);
  },
};

/** A place, in sight from then on, on something that answers: which, and where on it, is up to two numbers from 0 to 1. */
function spotOn(page: Page, which: number, where: readonly [number, number]): Promise<Spot | undefined> {
  return page.evaluate(
    ([answers, which, [right, down]]) => {
      const all = [...document.querySelectorAll<HTMLElement>(answers)].filter((element) => element.checkVisibility());
      const element = all[Math.floor(which * all.length)];
      if (!element) return undefined;
      element.scrollIntoView({ block: 'center', behavior: 'instant' });
      const { left, top, width, height } = element.getBoundingClientRect();
      const name = element.getAttribute('aria-label') ?? element.textContent ?? '';
      const what = `${element.localName} “${name.trim().replace(/\s+/g, ' ').slice(0, 30)}”`;
      return { what, x: left + right * width, y: top + down * height };
    },
    [ANSWERS, which, where] as const,
  );
}

/**
 * Lets a monkey at the page for a while: pointer, finger and keys, on whatever answers. The same seed does the same things in the
 * same order, as far as the page is as fast.
 * @returns what it did
 */
export async function letLoose(page: Page, seed: number, seconds: number): Promise<string[]> {
  const random = createRandom(seed, 'monkey');
  const names = Object.keys(acts);
  const done: string[] = [];
  for (const end = Date.now() + 1000 * seconds; Date.now() < end;) {
    const name = names[random.integer(names.length)]!;
    const spot = await spotOn(page, random.uniform(0, 1), [random.uniform(0.05, 0.95), random.uniform(0.1, 0.9)]);
    if (!spot) continue;
    done.push(`${name} on ${spot.what}`);
    await acts[name]!(page, spot, random);
  }
  return done;
}
