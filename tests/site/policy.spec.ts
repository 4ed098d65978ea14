import type { Page } from '@playwright/test';

import { builtPages, expect, pages, slowWorker, test } from './helpers.ts';

/** What a page as it was built, before any script, has of things that the policy is there to forbid. */
function inspect(page: Page, html: string) {
  return page.evaluate((html) => {
    const built = new DOMParser().parseFromString(html, 'text/html');
    // Scripting is off for a parsed document, so that what is in noscript elements is seen; templates are looked into.
    const roots: ParentNode[] = [built];
    for (const root of roots) for (const template of root.querySelectorAll('template')) roots.push(template.content);
    const elements = roots.flatMap((root) => [...root.querySelectorAll('*')]);
    const policies = [...built.querySelectorAll<HTMLMetaElement>('meta[http-equiv="content-security-policy" i]')];
    const afterPolicy = (element: Element) =>
      policies.every((policy) => policy.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING);
    return {
      policies: policies.map(({ content }) => content),
      inHead: policies.every((policy) => policy.parentElement?.localName === 'head'),
      styleAttributes: elements
        .filter((element) => element.hasAttribute('style'))
        .map((element) => element.outerHTML.slice(0, 120)),
      handlers: elements.flatMap((element) => element.getAttributeNames().filter((name) => name.startsWith('on'))),
      scriptAddresses: elements.filter((element) => /^\s*javascript:/i.test(element.getAttribute('href') ?? '')).length,
      loadedBeforePolicy: elements
        .filter((element) => element.matches('script[src], link[rel="stylesheet"], iframe, object, embed, img'))
        .filter((element) => !afterPolicy(element))
        .map((element) => element.outerHTML.slice(0, 120)),
      count: elements.length,
    };
  }, html);
}

test("every page carries a content policy without 'unsafe-inline' and 'unsafe-eval', and keeps to it as built", async ({
  page,
  request,
}) => {
  for (const path of [...builtPages, '404.html']) {
    await test.step(`/${path}`, async () => {
      const html = await (await request.get(path)).text();
      const built = await inspect(page, html);
      expect(built.count).toBeGreaterThan(30);
      expect(built.policies).toHaveLength(1);
      expect(built.inHead).toBe(true);
      const policy = built.policies[0]!;
      expect(policy).not.toContain("'unsafe-inline'");
      expect(policy).not.toContain("'unsafe-eval'");
      expect(policy).toContain("default-src 'none'");
      const directives = new Map(
        policy.split(';').map((directive) => {
          const [name, ...sources] = directive.trim().split(/\s+/);
          return [name!, sources] as const;
        }),
      );
      for (const directive of [
        'script-src',
        'style-src',
        'connect-src',
        'worker-src',
        'font-src',
        'img-src',
        'base-uri',
        'form-action',
      ]) {
        const sources = directives.get(directive);
        expect(sources, directive).toBeDefined();
        for (const source of sources!) {
          expect(source, directive).toMatch(/^('self'|'none'|'wasm-unsafe-eval'|'sha256-[\w+/=]+'|data:)$/);
        }
        if (directive !== 'img-src') expect(sources).not.toContain('data:');
      }
      expect(built.styleAttributes).toEqual([]);
      expect(built.handlers).toEqual([]);
      expect(built.scriptAddresses).toBe(0);
      expect(built.loadedBeforePolicy).toEqual([]);
    });
  }
});

// What every page raises, read and touched all over, is watched in pages.spec.ts.
test('a run, stopped, resumed and looked at from all sides, raises nothing either', async ({
  page,
  experiment,
  troubles,
}) => {
  await slowWorker(page);
  await experiment.openAt({ networks: 20 });
  await experiment.stopOncePast(8);
  await experiment.button('Resume').click();
  await experiment.expectState('done');
  await experiment.openDrawer('Data');
  await experiment.openDrawer('What just ran');
  await experiment.csv();
  await experiment.button('New seed').click();
  await experiment.expectState('done');
  await experiment.button('Reset').click();
  await experiment.expectState('done');
  expect(troubles.seen).toEqual([]);
});

test('the policy holds: inline script, inline style, eval and a request to elsewhere are refused', async ({
  page,
  troubles,
}) => {
  troubles.expect(/content policy|Content Security Policy|leaves the site|failed: |unsafe-eval/i);
  await page.goto(pages.basicRnn);
  const outcome = await page.evaluate(async () => {
    const script = document.createElement('script');
    script.textContent = 'window.inlineRan = true';
    document.body.append(script);

    const styled = document.createElement('p');
    styled.setAttribute('style', 'color: rgb(1, 2, 3)');
    document.body.append(styled);

    const evaluating = document.createElement('button');
    evaluating.setAttribute('onclick', 'window.handlerRan = true');
    document.body.append(evaluating);
    evaluating.click();

    // In a task of the page's own: what a debugger evaluates may use eval.
    const evalRan = await new Promise<boolean>((resolve) => {
      setTimeout(() => {
        try {
          new Function('return 1')();
          resolve(true);
        } catch {
          resolve(false);
        }
      });
    });
    const fetched = await fetch('https://example.org/').then(
      () => true,
      () => false,
    );
    return {
      inlineRan: 'inlineRan' in window,
      handlerRan: 'handlerRan' in window,
      styled: getComputedStyle(styled).color === 'rgb(1, 2, 3)',
      evalRan,
      fetched,
    };
  });
  expect(outcome).toEqual({ inlineRan: false, handlerRan: false, styled: false, evalRan: false, fetched: false });
  // And a test would have seen it.
  expect(troubles.seen.join('\n')).toContain('content policy: ');
});
