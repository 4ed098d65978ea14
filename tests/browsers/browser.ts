/** A browser that a script steers, by whatever protocol it speaks: no more of it than the portable tests need. */
export interface SteeredBrowser {
  /** As in “Firefox 140.2”. */
  name: string;
  /** Opens a page, and waits until it is loaded. */
  open(address: string): Promise<void>;
  /** Calls a function in the page. It knows nothing of what is around it here; arguments and answer are plain data. */
  call<Given extends unknown[], Answer>(
    action: (...given: Given) => Answer | Promise<Answer>,
    ...given: Given
  ): Promise<Answer>;
  /** Presses a key on whatever has the focus. */
  press(key: keyof typeof keys): Promise<void>;
  close(): Promise<void>;
}

/** Keys by their names, as WebDriver and BiDi number them. */
export const keys = {
  Enter: '\uE007',
  ArrowLeft: '\uE012',
  ArrowRight: '\uE014',
  '1': '1',
  '2': '2',
} as const;

export const keyActions = (key: keyof typeof keys) => [
  {
    type: 'key',
    id: 'keyboard',
    actions: [
      { type: 'keyDown', value: keys[key] },
      { type: 'keyUp', value: keys[key] },
    ],
  },
];

/** The call of a function as an expression whose value is a promise of text: protocols differ in how they carry data. */
export const expressionOf = (action: (...given: never[]) => unknown, given: readonly unknown[]) =>
  `(async () => JSON.stringify((await (${String(action)})(...${JSON.stringify(given)})) ?? null))()`;

/** Waits until there is something, asking again and again. */
export async function until<Found>(
  what: string,
  look: () => Found | undefined | false | Promise<Found | undefined | false>,
  seconds = 30,
): Promise<Found> {
  for (const end = Date.now() + 1000 * seconds; Date.now() < end;) {
    const found = await look();
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`Within ${seconds} seconds there was not: ${what}`);
}
