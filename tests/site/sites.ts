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
