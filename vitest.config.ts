import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

const runes = 'tests/unit/**/*.svelte.test.ts';

export default defineConfig({
  plugins: [svelte()],
  test: {
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
      {
        extends: true,
        test: { name: 'effects', include: ['tests/effects/**/*.test.ts'], testTimeout: 120_000 },
      },
    ],
  },
});
