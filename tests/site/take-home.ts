import { readFileSync } from 'node:fs';

import type { Locator } from '@playwright/test';

import { runLabel, type RunFile } from '#src/site/take-home/run-file.ts';

import { expect, type Experiment } from './helpers.ts';

interface Taken {
  name: string;
  bytes: Buffer;
}

/** The drawer “Take home”, opened by keyboard. */
export async function openTakeHome(experiment: Experiment): Promise<Locator> {
  const drawer = experiment.frame
    .locator('details')
    .filter({ has: experiment.page.locator('summary', { hasText: 'Take home' }) });
  if ((await drawer.getAttribute('open')) === null) await drawer.locator('summary').press('Enter');
  await expect(drawer.getByRole('button', { name: /^PNG/ }).first()).toBeVisible();
  return drawer;
}

/** Takes one file home, by keyboard. */
export async function take(drawer: Locator, button: RegExp): Promise<Taken> {
  const [download] = await Promise.all([
    drawer.page().waitForEvent('download'),
    drawer.getByRole('button', { name: button }).first().press('Enter'),
  ]);
  await expect(drawer.getByRole('status')).toHaveText(`Saved: ${download.suggestedFilename()}`);
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
}

export async function takeJson(drawer: Locator): Promise<RunFile> {
  return JSON.parse((await take(drawer, /^JSON/)).bytes.toString('utf8')) as RunFile;
}

/** Holds an SVG file to what it has to be everywhere: XML that is drawn without anything beside it, and says which run it is of. */
export async function expectSvgOf(drawer: Locator, { bytes }: Taken, run: RunFile): Promise<void> {
  const svg = bytes.toString('utf8');
  const found = await drawer.page().evaluate((svg) => {
    const parsed = new DOMParser().parseFromString(svg, 'image/svg+xml');
    const elements = [...parsed.querySelectorAll('*')];
    const values = elements.flatMap((element) => [...element.attributes].map(({ name, value }) => `${name}=${value}`));
    return {
      broken: parsed.querySelector('parsererror')?.textContent,
      drawn: elements.filter(({ localName }) => /^(path|rect|circle|line)$/.test(localName)).length,
      strange: elements
        .map(({ localName }) => localName)
        .filter((name) => /^(script|style|foreignObject|image|a)$/.test(name)),
      // Classes mean nothing without a style sheet, nor do custom properties.
      dependent: values.filter((value) => /^(class|style|on\w+|href|xlink:href)=|var\(|url\((?!#)/.test(value)),
      dangling: values
        .flatMap((value) => [...value.matchAll(/url\(#([^)]+)\)/g)].map((match) => match[1]!))
        .filter((id) => !parsed.getElementById(id)),
      metadata: parsed.querySelector('metadata')?.textContent ?? '',
      words: parsed.documentElement.textContent.replaceAll(/\s+/g, ' '),
    };
  }, svg);
  expect(found).toMatchObject({ broken: undefined, strange: [], dependent: [], dangling: [] });
  expect(found.drawn).toBeGreaterThan(5);
  expect(JSON.parse(found.metadata)).toEqual(runLabel(run));
  for (const said of [run.title, run.sentence, run.address, `Seed: ${run.seed}`]) {
    expect(found.words).toContain(said.replaceAll(/\s+/g, ' '));
  }
}

/** Holds a PNG file to being a picture: as large as it should be, on white, with several colours in it. */
export async function expectPng(drawer: Locator, { bytes }: Taken): Promise<{ width: number; height: number }> {
  const picture = await drawer.page().evaluate(async (base64) => {
    const file = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    const image = await createImageBitmap(new Blob([file], { type: 'image/png' }));
    const { width, height } = image;
    const context = new OffscreenCanvas(width, height).getContext('2d')!;
    context.drawImage(image, 0, 0);
    const pixels = new Uint32Array(context.getImageData(0, 0, width, height).data.buffer);
    const counts = new Map<number, number>();
    for (const pixel of pixels) counts.set(pixel, (counts.get(pixel) ?? 0) + 1);
    return { width, height, white: counts.get(0xffffffff)! / pixels.length, colours: counts.size };
  }, bytes.toString('base64'));
  expect(picture.colours).toBeGreaterThan(20);
  expect(picture.white).toBeGreaterThan(0.3);
  expect(picture.white).toBeLessThan(0.995);
  return picture;
}
