import type { Environment } from 'vitest/runtime';

/**
 * A test environment in which Svelte's runes work as they do on a page: compiled for the browser, yet without a DOM.
 * A test asks for it in a docblock: `@vitest-environment ./tests/unit/svelte-client.ts`.
 */
export default {
  name: 'svelte-client',
  viteEnvironment: 'client',
  setup: () => ({ teardown: () => undefined }),
} satisfies Environment;
