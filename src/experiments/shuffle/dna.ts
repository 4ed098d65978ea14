import { translate } from '#src/sequences/genetic-code.ts';

import type { Kind, Mark } from './kind.ts';

/** The first nine codons of the human gene for beta-globin, a part of haemoglobin (NM_000518), and a stop codon behind them. */
export const STRAND = 'ATGGTGCATCTGACTCCTGAGGAGAAGTAA';
export const LONGEST_STRAND = 45;
const FEWEST_BASES = 6;

/** The share of places at which two proteins have the same amino acid, of as many as the longer one has. */
export function sharedPlaces(before: string, now: string): number {
  const longer = Math.max(before.length, now.length);
  if (longer === 0) return 1;
  return [...before].filter((amino, place) => amino === now[place]).length / longer;
}

/** A strand, the reader's own or the site's, and the protein that it is read as. */
export function dna(written: string): Kind {
  const { strand, notes } = basesOrOwn(written);
  const before = translate(strand);
  const lost = before.protein === '' ? ['There is no ATG in it, so that no protein is read.'] : [];
  return {
    name: 'dna',
    whole: 'the strand',
    one: 'base',
    many: 'bases',
    items: [...strand].map((text) => ({ text })),
    scale: {
      name: 'Amino acids kept in their place',
      unit: '%',
      perPlace: 'codon',
      caption:
        'Three bases that are read together are a codon; under each, its amino acid. Reading begins at the first ATG and ends at a stop codon in step with it. ✗ marks what is not as before.',
      worse: 'lower',
      digits: 0,
      from: 0,
      to: 100,
    },
    notes,
    measure(order) {
      const translation = translate(order.map((item) => strand[item]!).join(''));
      const marks: Mark[] = order.map(() => ({ label: '', value: null, broken: false }));
      translation.codons.forEach(({ from, amino }, i) => {
        const was = before.codons[i]?.amino;
        for (let place = from; place < from + 3; place++) {
          marks[place] = { label: amino === '*' ? 'stop' : amino, value: null, broken: amino !== was };
        }
      });
      return { score: 100 * sharedPlaces(before.protein, translation.protein), marks, translation };
    },
    tell: ({ translation }, { translation: first }) => {
      const { protein, stopped, left } = translation!;
      if (protein === '') return lost.length > 0 ? lost : ['No ATG is left in it, so that no protein is read.'];
      const changed = protein !== first!.protein;
      const sentences = [
        changed
          ? `It is read as ${spelled(protein)}; before it was ${first!.protein ? spelled(first!.protein) : 'nothing'}.`
          : `It is read as the protein ${spelled(protein)}.`,
      ];
      if (!stopped) sentences.push('No stop codon follows in step, so that reading runs off the end.');
      if (left > 0) sentences.push(`${left === 1 ? 'One base is' : 'Two bases are'} left over, too few for a codon.`);
      return sentences;
    },
  };
}

const spelled = (protein: string) => [...protein].join('-');

function basesOrOwn(written: string): { strand: string; notes: string[] } {
  const letters = written.toUpperCase().replace(/\s/g, '').replace(/U/g, 'T');
  const strand = letters.replace(/[^ACGT]/g, '');
  if (strand.length < FEWEST_BASES) {
    return {
      strand: STRAND,
      notes: [`A strand needs at least ${FEWEST_BASES} of A, C, G and T: here is the site’s own.`],
    };
  }
  const other = letters.length - strand.length;
  return {
    strand,
    notes:
      other === 0 ? [] : [`${other} ${other === 1 ? 'letter that is' : 'letters that are'} not A, C, G or T left out.`],
  };
}
