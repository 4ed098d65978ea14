/** The address of a page of this site, which may live under a sub-path: `/basic-rnn/` becomes `/some/where/basic-rnn/`. */
export function pageAddress(path: string): string {
  return `${import.meta.env.BASE_URL.replace(/\/$/, '')}${path}`;
}
