/** The standard genetic code (NCBI translation table 1): amino acids of the codons TTT, TTC, TTA, TTG, TCT … GGG; * is stop. */
const BASES = 'TCAG';
const TABLE = 'FFLLSSSSYY**CC*WLLLLPPPPHHQQRRRRIIIMTTTTNNKKSSRRVVVVAAAADDEEGGGG';

const START = 'ATG';

/** What a codon stands for: an amino acid by its letter, or '*' for stop. @throws RangeError unless it is three of A, C, G, T */
export function aminoAcidOf(codon: string): string {
  const places = [...codon].map((base) => BASES.indexOf(base));
  if (places.length !== 3 || places.includes(-1)) throw new RangeError(`${codon} is no codon of A, C, G and T`);
  return TABLE[places[0]! * 16 + places[1]! * 4 + places[2]!]!;
}

export interface Codon {
  /** The place of its first base in the strand, from 0. */
  from: number;
  bases: string;
  /** An amino acid by its letter, or '*' for stop. */
  amino: string;
}

/** What a strand is read as. */
export interface Translation {
  /** From the first ATG to the first stop codon in step with it, both included, or as far as the strand goes. */
  codons: Codon[];
  /** The amino acids in their order, without the stop; empty where there is no ATG. */
  protein: string;
  stopped: boolean;
  /** Bases at the end that are read but make no whole codon. */
  left: number;
}

/** Reads a strand of A, C, G and T from its first ATG on, three bases at a time, until a codon says stop. */
export function translate(strand: string): Translation {
  const codons: Codon[] = [];
  const start = strand.indexOf(START);
  if (start === -1) return { codons, protein: '', stopped: false, left: 0 };
  let from = start;
  for (; from + 3 <= strand.length; from += 3) {
    const bases = strand.slice(from, from + 3);
    codons.push({ from, bases, amino: aminoAcidOf(bases) });
    if (codons.at(-1)!.amino === '*') break;
  }
  const stopped = codons.at(-1)!.amino === '*';
  const protein = codons
    .map(({ amino }) => amino)
    .join('')
    .replace('*', '');
  return { codons, protein, stopped, left: stopped ? 0 : strand.length - from };
}
