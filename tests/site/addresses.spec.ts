import type { APIRequestContext, Page } from '@playwright/test';

import { builtPages, expect, Experiment, onScreen, pages, readPages, SLUG, test } from './helpers.ts';
import { testSites } from './sites.ts';

interface Parsed {
  links: string[];
  ids: string[];
  canonical: string | null;
  sitemap: string | null;
  title: string;
  description: string;
}

function parse(page: Page, html: string, address: string): Promise<Parsed> {
  return page.evaluate(
    ({ html, address }) => {
      const parsed = new DOMParser().parseFromString(html, 'text/html');
      const elements = [...parsed.querySelectorAll('*')];
      const absolute = (link: string) => new URL(link, address).href;
      // Islands name their scripts in attributes of their own; style sheets within the page name fonts.
      const attributes = ['href', 'src', 'component-url', 'renderer-url', 'before-hydration-url'];
      const named = elements.flatMap((element) => attributes.flatMap((name) => element.getAttribute(name) ?? []));
      const styled = [...parsed.querySelectorAll('style')].flatMap(({ textContent }) =>
        [...textContent.matchAll(/url\("?([^")]+)"?\)/g)].map((match) => match[1]!),
      );
      return {
        links: [...named, ...styled].filter((link) => !link.startsWith('data:')).map(absolute),
        ids: elements.flatMap(({ id }) => (id ? [id] : [])),
        canonical: parsed.querySelector('link[rel="canonical"]')?.getAttribute('href') ?? null,
        sitemap: parsed.querySelector('link[rel="sitemap"]')?.getAttribute('href') ?? null,
        title: parsed.title,
        description: parsed.querySelector('meta[name="description"]')?.getAttribute('content') ?? '',
      };
    },
    { html, address },
  );
}

/** Follows every link from the home page. `canonicalOrigin` is where the build believes itself to live. */
async function crawl(page: Page, request: APIRequestContext, home: string, canonicalOrigin?: string) {
  const { origin } = new URL(home);
  const here = (link: string) =>
    canonicalOrigin && link.startsWith(canonicalOrigin) ? origin + link.slice(canonicalOrigin.length) : link;
  // A query sets an experiment; the page is the same.
  const pageOf = (link: string) => link.split(/[?#]/)[0]!;
  const visited = new Map<string, Parsed>();
  const assets = new Set<string>();
  const problems: string[] = [];
  const queue = [home];
  for (const address of queue) {
    if (visited.has(address) || assets.has(address)) continue;
    const response = await request.get(address);
    if (response.status() !== 200) {
      problems.push(`${address}: ${response.status()}`);
      assets.add(address);
      continue;
    }
    const type = response.headers()['content-type'] ?? '';
    const text = await response.text();
    if (!type.includes('text/html')) {
      assets.add(address);
      if (type.includes('css'))
        queue.push(
          ...[...text.matchAll(/url\("?([^")]+)"?\)/g)]
            .map((match) => new URL(match[1]!, address).href)
            .filter((link) => !link.startsWith('data:')),
        );
      if (type.includes('xml'))
        queue.push(...[...text.matchAll(/<loc>([^<]+)<\/loc>/g)].map((match) => here(match[1]!)));
      continue;
    }
    const parsed = await parse(page, text, address);
    visited.set(address, parsed);
    for (const link of parsed.links.map(here)) {
      if (new URL(link).origin !== origin) continue;
      if (!link.startsWith(home)) problems.push(`${address} leads out of the site: ${link}`);
      queue.push(pageOf(link));
    }
  }
  for (const [address, { links }] of visited) {
    for (const link of links.map(here)) {
      const fragment = decodeURIComponent(new URL(link).hash.slice(1));
      const target = visited.get(pageOf(link));
      if (fragment && target && !target.ids.includes(fragment)) problems.push(`${address}: nothing at ${link}`);
    }
  }
  return { visited, assets, problems };
}

for (const site of ['root', 'sub'] as const) {
  test.describe(site === 'root' ? 'a build at the root of an origin' : 'a build under a sub-path', () => {
    test.use({ site });

    test('every link, from the home page on, leads to something, every fragment too', async ({
      page,
      request,
      baseURL,
    }) => {
      const siteUrl = site === 'sub' ? testSites.sub.siteUrl : undefined;
      const { visited, assets, problems } = await crawl(page, request, baseURL!, siteUrl);
      expect(problems).toEqual([]);
      // Every page that was built can be reached.
      expect([...visited.keys()]).toEqual(expect.arrayContaining(readPages.map((path) => baseURL + path)));
      // Scripts, style sheets, fonts and the icon.
      for (const kind of [/\.js$/, /\.css$/, /\.woff2$/, /favicon\.svg$/]) {
        expect(
          [...assets].some((address) => kind.test(address)),
          String(kind),
        ).toBe(true);
      }
    });

    test('every page has a title and a description of its own', async ({ page, request, baseURL }) => {
      const { visited } = await crawl(page, request, baseURL!, testSites.sub.siteUrl);
      const parsed = [...visited.values()];
      expect(new Set(parsed.map(({ title }) => title)).size).toBe(parsed.length);
      expect(new Set(parsed.map(({ description }) => description)).size).toBe(parsed.length);
      for (const { title, description } of parsed) {
        expect(title).toContain('Unrolled');
        expect(description.length).toBeGreaterThan(40);
      }
    });

    test('the experiment runs there', async ({ page, experiment }) => {
      await experiment.openAt({ length: 80 });
      await experiment.expectState('done');
      await expect(experiment.sentence).toContainText('the gradient at step 80');
      expect(new URL(page.url()).pathname).toBe(`${testSites[site].basePath}${pages.basicRnn}`);
      // Nothing is found by asking at the root of the origin.
      const paths = await page.evaluate(() =>
        performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname),
      );
      expect(paths.filter((path) => !path.startsWith(testSites[site].basePath))).toEqual([]);
    });

    test('the reader gets from page to page, there and back', async ({ page }) => {
      await page.goto('');
      await page.getByRole('link', { name: 'Start with sequential data' }).click();
      for (const title of [
        'Sequential data',
        'The basic RNN',
        'The limits of simple recurrence',
        'Long short-term memory',
      ]) {
        await expect(page.getByRole('heading', { level: 1 })).toHaveText(title);
        await onScreen(page);
        await expect(page.locator('header nav a[aria-current="page"]')).toHaveCount(1);
        const next = page.locator('a[rel="next"]');
        if ((await next.count()) > 0) await next.click();
      }
      await page.locator('a[rel="prev"]').click();
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('The limits of simple recurrence');
      await onScreen(page);
      await page.locator('header a.name').click();
      await expect(page).toHaveURL(new RegExp(`${testSites[site].basePath}$`));
    });

    test('an address that there is not gets the site’s own page, with the way to every page', async ({
      page,
      baseURL,
      troubles,
    }) => {
      troubles.expect(/404/);
      for (const path of ['nowhere/', 'basic-rnn/nowhere/deep/', 'nothing.html']) {
        const response = await page.goto(path);
        expect(response!.status()).toBe(404);
        await expect(page.getByRole('heading', { level: 1 })).toHaveText('There is no page here');
        const targets = await page
          .locator('main a')
          .evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).href));
        expect(targets).toEqual(expect.arrayContaining(Object.values(pages).map((path) => baseURL + path)));
      }
      await page.getByRole('link', { name: 'The basic RNN' }).click();
      await new Experiment(page).ready();
    });
  });
}

test.describe('a build that knows its address', () => {
  test.use({ site: 'sub' });

  test('names it as canonical on every page, and in a sitemap with all of them', async ({ request, page, baseURL }) => {
    const live = `${testSites.sub.siteUrl}${testSites.sub.basePath}`;
    for (const path of builtPages) {
      const { canonical, sitemap } = await parse(page, await (await request.get(path)).text(), baseURL + path);
      expect(canonical).toBe(live + path);
      expect(sitemap).toBe(`${testSites.sub.basePath}sitemap-index.xml`);
    }
    const index = await (await request.get('sitemap-index.xml')).text();
    expect(index).toContain(`<loc>${live}sitemap-0.xml</loc>`);
    const sitemap = await (await request.get('sitemap-0.xml')).text();
    const listed = [...sitemap.matchAll(/<loc>([^<]+)<\/loc>/g)].map((match) => match[1]!);
    expect(listed.sort()).toEqual(readPages.map((path) => live + path));
  });
});

test('a build that does not know its address names none, and has no sitemap', async ({ request, page, baseURL }) => {
  for (const path of [...builtPages, '404.html']) {
    const { canonical, sitemap } = await parse(page, await (await request.get(path)).text(), baseURL + path);
    expect(canonical).toBeNull();
    expect(sitemap).toBeNull();
  }
  for (const path of ['sitemap-index.xml', 'sitemap-0.xml']) expect((await request.get(path)).status()).toBe(404);
});

test('a fragment leads to its section, and the contents list marks it', async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto(pages.basicRnn);
  const contents = page.getByRole('navigation', { name: 'Contents of this chapter' });
  const link = contents.getByRole('link').nth(1);
  await link.click();
  await expect(page).toHaveURL(/#.+/);
  const id = decodeURIComponent(new URL(page.url()).hash.slice(1));
  await expect(page.locator(`[id="${id}"]`)).toBeInViewport();
  await expect(link).toHaveAttribute('aria-current', 'true');
  expect(id).not.toBe(SLUG);
});
