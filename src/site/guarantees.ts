import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';

import type { Effects } from '#scripts/effects-record.ts';

/** What a chapter may load of script before its first experiment is touched, compressed as hosts do. */
export const SCRIPT_BUDGET_BYTES = 60_000;

/** What else a page may take by the time that it has been read to its end, untouched: all of it together, compressed as hosts do. */
export const PAGE_BUDGET = { bytes: 400_000, requests: 45, layoutShift: 0.005 };

/** What the service worker fetches, after a page is there, to keep the whole site; compressed as hosts do. */
export const OFFLINE_BUDGET_BYTES = 4_000_000;

/** Something that every page keeps to, and the test without which it would be a promise. */
export interface Guarantee {
  what: string;
  /** How it is held, in a sentence. */
  how: string;
  /** From the project's root. */
  test: string;
}

/** What every page keeps to, by what it is about. */
export const guarantees: readonly { about: string; rows: readonly Guarantee[] }[] = [
  {
    about: 'Weight',
    rows: [
      {
        what: `Less than ${SCRIPT_BUDGET_BYTES / 1000} kB of script, compressed, before an experiment is touched`,
        how: 'Each page is read to its end in a browser, and what it has loaded is weighed. Nothing of TensorFlow.js is in it.',
        test: 'tests/site/pages.spec.ts',
      },
      {
        what: `Less than ${PAGE_BUDGET.bytes / 1000} kB in at most ${PAGE_BUDGET.requests} requests, fonts and pictures among them`,
        how: 'Of each page, read to its end and left untouched; the page for teachers shows a second page at work and is let off.',
        test: 'tests/site/pages.spec.ts',
      },
      {
        what: `What has been put on the screen stays where it is: a layout shift below ${PAGE_BUDGET.layoutShift}`,
        how: 'As browsers count it, over all of a page’s loading, on a phone.',
        test: 'tests/site/pages.spec.ts',
      },
    ],
  },
  {
    about: 'Without a network',
    rows: [
      {
        what: 'After one visit all of it is there: every page, every experiment, the search',
        how: `The host is cut off, and pages are read, experiments run and words looked up. What is kept takes less than ${OFFLINE_BUDGET_BYTES / 1e6} MB to fetch.`,
        test: 'tests/site/offline.spec.ts',
      },
      {
        what: 'A page that is open goes on as it is when the site is updated',
        how: 'Another build takes the place of the one that a page is of, of which the host then has nothing left; the page’s experiment runs all the same, or, where nothing could be kept, says that the page has to be reloaded.',
        test: 'tests/site/offline.spec.ts',
      },
    ],
  },
  {
    about: 'Steadiness',
    rows: [
      {
        what: 'No experiment fails or grows, whatever is done to it',
        how: 'Each is run again and again, and left to a monkey that clicks, drags, taps and types at random; no error, no violation of the content policy, no tensor and no memory may be left over.',
        test: 'tests/site/steady.spec.ts',
      },
      {
        what: 'What goes wrong is said, and the rest of the page lives on',
        how: 'Workers are killed, kept from loading and denied memory, runs are put to sleep, clocks set back and forth, WebAssembly and storage refused.',
        test: 'tests/site/circumstances.spec.ts',
      },
      {
        what: 'No link does harm',
        how: 'Ten thousand hostile ones are read, and fifty opened in a browser: nothing of them becomes markup.',
        test: 'tests/unit/site/link.test.ts',
      },
      {
        what: 'Each parameter works at its extremes',
        how: 'Every experiment is run, or begins to, with each of its parameters at the ends of what the controls allow.',
        test: 'tests/unit/experiments/extremes.test.ts',
      },
    ],
  },
  {
    about: 'Privacy',
    rows: [
      {
        what: 'No request to anybody else',
        how: 'Every request of every page and every run is looked at; one to another origin fails the test that made it.',
        test: 'tests/site/policy.spec.ts',
      },
      {
        what: 'No script, style or frame that did not come with the site',
        how: 'Each page carries a content policy without exceptions for what stands inline, and the browser is seen to enforce it.',
        test: 'tests/site/policy.spec.ts',
      },
    ],
  },
  {
    about: 'For everybody',
    rows: [
      {
        what: 'No accessibility rule of axe is broken, none is switched off',
        how: 'Every page on a phone in light and on a wide screen in dark; every experiment after a run with all its drawers open, one in this way and the next in that.',
        test: 'tests/site/accessibility.spec.ts',
      },
      {
        what: 'Every experiment can be set and run by keyboard alone',
        how: 'Each is, in a browser, from its first control to its result.',
        test: 'tests/site/experiments.spec.ts',
      },
      {
        what: 'Everything can be reached by Tab, and shows that it has been',
        how: 'The Tab key is pressed through whole pages; nothing that can be operated is left out.',
        test: 'tests/site/keyboard.spec.ts',
      },
      {
        what: 'Nothing to press is smaller than 24 pixels, or than 44 for a finger',
        how: 'The size is measured by pressing around each control.',
        test: 'tests/site/layout.spec.ts',
      },
      {
        what: 'No page scrolls sideways, from 320 pixels on, or with words twice as large',
        how: 'At four widths, with everything open that opens. 320 pixels are a screen of 1280 at a zoom of 400 %.',
        test: 'tests/site/pages.spec.ts',
      },
      {
        what: 'Colours that lie on the same axes stay apart for every colour vision, and words are plain to read',
        how: 'By a simulation of the three deficiencies, at full severity: a difference of 8 in CIEDE2000; contrasts of 4.5 for words, and of 3 for marks and borders, in both themes.',
        test: 'tests/unit/styles/colours.test.ts',
      },
      {
        what: 'Where your system says the colours, pictures have those',
        how: 'Each page and each experiment is shown so, and whatever is drawn is looked at.',
        test: 'tests/site/pages.spec.ts',
      },
      {
        what: 'Without scripts, each experiment shows a recorded run: picture, sentence and table',
        how: 'The pages are opened in a browser whose scripts are off.',
        test: 'tests/site/experiments.spec.ts',
      },
    ],
  },
  {
    about: 'Yours to keep',
    rows: [
      {
        what: 'Every picture of a run can be had as PNG and SVG, the run as CSV and JSON, with its settings, seed and address',
        how: 'They are taken home by keyboard from each experiment. The PNG is looked into, the SVG needs nothing beside it, and what is in the JSON is run again and gives the same.',
        test: 'tests/site/take-home.spec.ts',
      },
      {
        what: 'A printed chapter is a handout',
        how: 'Light whatever the theme, without controls, with the pictures, their settings, and the addresses of its links, with scripts and without.',
        test: 'tests/site/print.spec.ts',
      },
    ],
  },
  {
    about: 'Truth',
    rows: [
      {
        what: 'A recorded run is what its code gives today, to the last digit',
        how: 'Each experiment is run again and held against its record; of measured times only that they are there.',
        test: 'tests/unit/content/recorded.test.ts',
      },
      {
        what: 'Your browser gives the same numbers',
        how: 'Each experiment is run in a browser and outside of one, and the two tables are compared without a tolerance.',
        test: 'tests/site/experiments.spec.ts',
      },
      {
        what: 'Numbers in the text come out of a record or a source',
        how: 'A digit that was typed by hand fails the test.',
        test: 'tests/unit/content/digits.test.ts',
      },
    ],
  },
];

const path = 'content/recorded/effects.json';

/** What became of the claims of the text when they were tried with every seed; empty where they have not been yet. */
export async function recordedEffects(): Promise<Effects> {
  return existsSync(path) ? (JSON.parse(await readFile(path, 'utf8')) as Effects) : {};
}
