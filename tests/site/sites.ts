/** The builds that the site tests walk, and the ports at which they are served. */
export const testSites = {
  root: { folder: '.cache/site-root', basePath: '/', port: 4401 },
  sub: { folder: '.cache/site-sub', basePath: '/some/where/', siteUrl: 'https://example.org', port: 4402 },
};
