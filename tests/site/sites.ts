import { globSync } from 'node:fs';

/** The builds that the site tests walk, and the ports at which they are served where those are free. */
export const testSites = {
  root: { folder: '.cache/site-root', basePath: '/', port: 4401 },
  sub: { folder: '.cache/site-sub', basePath: '/some/where/', siteUrl: 'https://example.org', port: 4402 },
};

export type TestSite = keyof typeof testSites;

/** The environment variable in which a test finds the address of a served build. */
export const addressVariable = (site: TestSite) => `UNROLLED_TEST_SITE_${site.toUpperCase()}`;

/** The address of a build's home page, with a slash at its end. */
export function addressOfSite(site: TestSite): string {
  const address = process.env[addressVariable(site)];
  if (!address) throw new Error(`The ${site} build is not served: run the site tests with npx playwright test.`);
  return address;
}

/** Every page in a build, by its address relative to the home page's, but for the one of addresses that there are not. */
export const pagesIn = (folder: string): string[] =>
  globSync('**/index.html', { cwd: folder })
    .map((path) => path.replaceAll('\\', '/').replace(/index\.html$/, ''))
    .sort();

/** Those of them that people are led to; the others are one experiment each, for other people's pages, or its source. */
export const readPagesIn = (folder: string): string[] =>
  pagesIn(folder).filter((path) => !/^(embed|source)\//.test(path));
