/** Builds the two sites that the site tests walk: one at the root of an origin, one under a sub-path. */
import { testSites } from '#tests/site/sites.ts';

import { buildSite } from './build-site.ts';

for (const site of Object.values(testSites)) {
  if (!buildSite(site)) process.exit(1);
}
