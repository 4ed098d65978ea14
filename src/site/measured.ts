import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';

import type { BrowsersRecord } from '#scripts/browsers.ts';
import type { LighthouseRecord } from '#scripts/lighthouse.ts';
import type { EngineRecord } from '#scripts/performance.ts';
import type { SoakRecord } from '#scripts/soak.ts';

/** Something that was measured or tried once, with what it takes to do it again. */
export interface Measured {
  what: string;
  result: string;
  /** What measures it again. */
  command: string;
  /** The day, where the record says. */
  date?: string;
}

/** What scripts/bench.ts writes, as far as it is told here. */
type SiteRecord = Record<'sliderToPictureAtLength500' | 'clickToStopped' | 'inputToPaintWhileTraining', Timed> & {
  command: string;
  machine: { processor: string; cores: number; browser: string };
};
type Timed = { median: number; times: number } | undefined;

const read = async <Kept>(name: string) => {
  const path = `tests/bench/${name}.json`;
  return existsSync(path) ? (JSON.parse(await readFile(path, 'utf8')) as Kept) : undefined;
};

function ofBrowsers({ engines, command, date }: BrowsersRecord): Measured[] {
  return engines.map(({ engine, browser, failure, tried }) => {
    const hashed = tried.filter(({ same }) => same !== undefined);
    const same = hashed.filter(({ same }) => same).length;
    const failed = tried.filter((one) => one.failure).length;
    const result = failure
      ? `It could not be tried: ${failure}`
      : `${tried.length - failed} of ${tried.length} pages, runs and stops as they should be; ` +
        `${same} of ${hashed.length} results the same, to the last digit, as outside of a browser.`;
    return { what: browser ?? engine, result, command, date };
  });
}

function ofSoak({ experiments, seconds, command, date }: SoakRecord): Measured {
  const grown = Math.max(...experiments.map(({ before, after }) => after.megabytes - before.megabytes));
  const leaked = experiments.filter(({ before, after }) => after.tensors > before.tensors).length;
  const runs = Math.min(...experiments.map(({ runs }) => runs));
  return {
    what: `Every experiment run ${runs} times in a row, and ${seconds} seconds with a monkey at it`,
    result:
      `No error in any of ${experiments.length}; memory larger by at most ${grown.toFixed(1)} MB after the runs, ` +
      `tensors left over in ${leaked}.`,
    command,
    date,
  };
}

function ofLighthouse({ pages, runs, lighthouse, command, date }: LighthouseRecord): Measured {
  const least = (name: keyof (typeof pages)[number]['scores']) => Math.min(...pages.map(({ scores }) => scores[name]));
  const slowest = Math.max(...pages.map(({ largestPaintMs }) => largestPaintMs));
  return {
    what: `${lighthouse}, a phone on a slow connection, simulated, on each of ${pages.length} pages; medians of ${runs}`,
    result:
      `Least of all pages: performance ${least('performance')}, accessibility ${least('accessibility')}, ` +
      `best practices ${least('best-practices')}, findability ${least('seo')}. Largest paint within ${(slowest / 1000).toFixed(1)} s.`,
    command,
    date,
  };
}

function ofSite(record: SiteRecord): Measured[] {
  const { machine, command } = record;
  const on = `${machine.browser} on ${machine.processor}, ${machine.cores} cores`;
  const row = (what: string, timed: Timed) =>
    timed ? [{ what, result: `${Math.round(timed.median)} ms, median of ${timed.times}: ${on}`, command }] : [];
  return [
    ...row('From a moved slider to the new picture, at 500 time steps', record.sliderToPictureAtLength500),
    ...row('From Stop to a run that has stopped', record.clickToStopped),
    ...row('From a key to its effect on the screen, while an experiment trains', record.inputToPaintWhileTraining),
  ];
}

function ofEngine({ machine, command, timesSimd128 }: EngineRecord): Measured[] {
  const times = timesSimd128.Chromium['tf.layers cpu']?.['lstm 100,32,32'];
  if (!times) return [];
  const what = 'A training step of an LSTM of 32 units over 100 time steps, beside TensorFlow.js’s own layers';
  return [{ what, result: `${Math.round(times)} times as fast: ${machine}`, command }];
}

/** What was measured last, of all that there is a record of. */
export async function measured(): Promise<Measured[]> {
  const [browsers, soak, lighthouse, site, engine] = await Promise.all([
    read<BrowsersRecord>('browsers'),
    read<SoakRecord>('soak'),
    read<LighthouseRecord>('lighthouse'),
    read<SiteRecord>('site'),
    read<EngineRecord>('engine'),
  ]);
  return [
    ...(browsers ? ofBrowsers(browsers) : []),
    ...(soak ? [ofSoak(soak)] : []),
    ...(lighthouse ? [ofLighthouse(lighthouse)] : []),
    ...(site ? ofSite(site) : []),
    ...(engine ? ofEngine(engine) : []),
  ];
}
