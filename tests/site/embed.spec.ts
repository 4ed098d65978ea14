import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { FrameLocator, Page } from '@playwright/test';

import type { EmbedMessage } from '#src/site/embed.ts';

import { expectAccessible } from './accessibility.ts';
import { expect, expectQuery, onScreen, SLUG, test } from './helpers.ts';
import { addressOfSite } from './sites.ts';

const queries = [`embed/${SLUG}/?length=80&seed=7`, 'embed/history/?theme=dark&hide=details', 'embed/shuffle/'];

/** Serves a page of somebody else's, at an origin of its own, with three embedded experiments and what they say of themselves. */
async function servePage(): Promise<Server> {
  const frames = queries.map((query) => `<iframe src="${addressOfSite('root')}${query}" title="${query}"></iframe>`);
  const script = 'window.heard = []; addEventListener("message", ({ data }) => heard.push(data));';
  const html = `<!doctype html><html lang="en"><title>Foreign</title><script>${script}</script><h1>Foreign</h1>${frames.join('')}`;
  const server = createServer((_, response) => {
    response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' }).end(html);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

const stateOf = (frame: FrameLocator) => frame.locator('[data-experiment]');

test.describe('three experiments in a page of somebody else', () => {
  let server: Server;
  test.beforeAll(async () => void (server = await servePage()));
  test.afterAll(() => void server.close());

  test('run there, and tell that page their height and nothing else', async ({ page, troubles }) => {
    const { port } = server.address() as AddressInfo;
    troubles.expect(/leaves the site: http:\/\/127\.0\.0\.1:\d+\/(favicon\.ico)?$/, /favicon/);
    await page.goto(`http://127.0.0.1:${port}/`);
    const [gradient, history, shuffle] = queries.map((query) => page.frameLocator(`iframe[title="${query}"]`));

    await expect(stateOf(gradient!)).toHaveAttribute('data-state', 'done');
    await expect(gradient!.locator('.sentence')).toContainText('step 80');
    await expect(history!.locator('html')).toHaveAttribute('data-theme', 'dark');
    await expect(history!.locator('.drawers')).toBeHidden();
    await stateOf(history!).hover({ position: { x: 5, y: 5 } });
    await history!.getByRole('button', { name: 'Run', exact: true }).click();
    await expect(stateOf(history!)).toHaveAttribute('data-state', 'done', { timeout: 50_000 });
    await shuffle!.getByRole('button', { name: 'Reverse' }).click();
    await expect(stateOf(shuffle!)).toHaveAttribute('data-state', 'done');

    const heard = await page.evaluate(() => (window as unknown as { heard: EmbedMessage[] }).heard);
    expect(new Set(heard.map(({ slug }) => slug))).toEqual(new Set([SLUG, 'history', 'shuffle']));
    for (const message of heard) {
      expect(Object.keys(message).sort()).toEqual(['height', 'kind', 'slug', 'source', 'version']);
      expect(message).toMatchObject({ source: 'unrolled', version: 1, kind: 'height' });
      expect(message.height).toBeGreaterThan(100);
    }
  });
});

async function openEmbedded(page: Page, query: string): Promise<void> {
  await page.goto(`embed/${SLUG}/${query}`);
  await onScreen(page);
}

test('parameters stand under their own names, and what cannot be used is said', async ({ page }) => {
  await openEmbedded(page, '?length=80&units=900&theme=pink');
  await expect(page.locator('.sentence')).toContainText('step 80');
  await expect(page.getByRole('list', { name: 'About the link' })).toContainText('units “900”');
  await expect(page.locator('[data-embed-notes]')).toContainText('theme can be one of system, light, dark');
  await expectAccessible(page);
});

test('a change of a control is in the address, and opens again as it was', async ({ page }) => {
  await openEmbedded(page, '?seed=7');
  await page.locator('[data-ready]').waitFor();
  await page.locator('[data-parameter="length"]').getByRole('slider').fill('90');
  await expectQuery(page, { [`${SLUG}.length`]: '90', [`${SLUG}.seed`]: '7' });
  await page.reload();
  await expect(page.locator('.sentence')).toContainText('step 90');
});

test('the frame gives the markup that shows it, as it is set, in another page', async ({ page, experiment }) => {
  await experiment.openAt({ length: 80, seed: 7 });
  await experiment.button('Embed').click();
  const markup = await experiment.frame.getByLabel(/^Markup that shows it/).inputValue();
  expect(markup).toContain(`src="${addressOfSite('root')}embed/${SLUG}/?length=80&amp;seed=7"`);
  await expectAccessible(page);
});

test('the page for teachers shows an experiment at work, as high as it is', async ({ page }) => {
  await page.goto('teachers/');
  const frame = page.locator('iframe');
  await frame.scrollIntoViewIfNeeded();
  await expect(stateOf(page.frameLocator('iframe'))).toHaveAttribute('data-state', 'done');
  const inside = await page
    .frameLocator('iframe')
    .locator('body')
    .evaluate((body) => body.getBoundingClientRect().height);
  await expect
    .poll(() => frame.evaluate((element) => element.getBoundingClientRect().height))
    .toBeGreaterThanOrEqual(Math.floor(inside));
});
