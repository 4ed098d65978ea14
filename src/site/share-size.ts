/** The size of the pictures that go with links, in pixels, as those who show them ask for it. */
export const SHARE_SIZE = { width: 1200, height: 630 };
