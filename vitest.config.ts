import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

const runes = 'tests/unit/**/*.svelte.test.ts';

export default defineConfig({
  plugins: [svelte()],
  test: {
    // Both cores of a machine with two: unless told, it leaves one to watch for changes.
    maxWorkers: '100%',
    // Only for what hangs: how long a test takes hangs on the machine, and on what else it does.
    testTimeout: 120_000,
    setupFiles: ['tests/unit/same-examples-every-time.ts'],
    projects: [
      { extends: true, test: { name: 'unit', include: ['tests/unit/**/*.test.ts'], exclude: [runes] } },
      {
        extends: true,
        resolve: { conditions: ['browser'] },
        test: {
          name: 'runes',
          include: [runes],
          environment: './tests/unit/svelte-client.ts',
          server: { deps: { inline: ['svelte'] } },
        },
      },
      // A claim tries all its seeds in one test.
      { extends: true, test: { name: 'effects', include: ['tests/effects/**/*.test.ts'], testTimeout: 900_000 } },
    ],
  },
});
