declare module '@citation-js/core' {
  interface CslName {
    given?: string;
    family?: string;
    literal?: string;
    'non-dropping-particle'?: string;
  }

  /** CSL-JSON, as far as this site reads it. */
  export interface CslEntry {
    id: string;
    type: string;
    title?: string;
    author?: CslName[];
    issued?: { 'date-parts': number[][] };
    'container-title'?: string;
    publisher?: string;
    genre?: string;
    volume?: string;
    issue?: string;
    page?: string;
    language?: string;
    note?: string;
    DOI?: string;
    URL?: string;
  }

  export const plugins: { input: { chain(source: string, options: { generateGraph: boolean }): CslEntry[] } };
}

declare module '@citation-js/plugin-bibtex';
