import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { aminoAcidOf, translate } from '#src/sequences/genetic-code.ts';

/** The standard genetic code by amino acid, as textbooks list it: written apart from the table that is tested. */
const CODONS: Record<string, string> = {
  A: 'GCT GCC GCA GCG',
  R: 'CGT CGC CGA CGG AGA AGG',
  N: 'AAT AAC',
  D: 'GAT GAC',
  C: 'TGT TGC',
  Q: 'CAA CAG',
  E: 'GAA GAG',
  G: 'GGT GGC GGA GGG',
  H: 'CAT CAC',
  I: 'ATT ATC ATA',
  L: 'TTA TTG CTT CTC CTA CTG',
  K: 'AAA AAG',
  M: 'ATG',
  F: 'TTT TTC',
  P: 'CCT CCC CCA CCG',
  S: 'TCT TCC TCA TCG AGT AGC',
  T: 'ACT ACC ACA ACG',
  W: 'TGG',
  Y: 'TAT TAC',
  V: 'GTT GTC GTA GTG',
  '*': 'TAA TAG TGA',
};
const known = new Map(Object.entries(CODONS).flatMap(([amino, codons]) => codons.split(' ').map((c) => [c, amino])));

test('every one of the 64 codons stands for what the standard code says', () => {
  expect(known.size).toBe(64);
  for (const [codon, amino] of known) expect(aminoAcidOf(codon), codon).toBe(amino);
});

test.for(['', 'AT', 'ATGA', 'ATU', 'atg', 'NNN'])('“%s” is no codon', (codon) => {
  expect(() => aminoAcidOf(codon)).toThrow(RangeError);
});

describe('a strand', () => {
  test('is read from its first ATG to the first stop in step with it', () => {
    expect(translate('ATGGTGCATCTGACTCCTGAGGAGAAGTAA')).toMatchObject({ protein: 'MVHLTPEEK', stopped: true, left: 0 });
    const shifted = translate('CCATGAAATAGATG');
    expect(shifted.codons.map(({ from, bases }) => [from, bases])).toEqual([
      [2, 'ATG'],
      [5, 'AAA'],
      [8, 'TAG'],
    ]);
    expect(shifted).toMatchObject({ protein: 'MK', stopped: true, left: 0 });
  });

  test('without an ATG is not read at all', () => {
    expect(translate('GTGCATTAA')).toEqual({ codons: [], protein: '', stopped: false, left: 0 });
    expect(translate('')).toEqual({ codons: [], protein: '', stopped: false, left: 0 });
  });

  test('whose codons do not come out even says how many bases are left', () => {
    expect(translate('ATGAA')).toMatchObject({ protein: 'M', stopped: false, left: 2 });
    expect(translate('ATGAAAC')).toMatchObject({ protein: 'MK', stopped: false, left: 1 });
    expect(translate('ATGAAA')).toMatchObject({ protein: 'MK', stopped: false, left: 0 });
  });

  test('is read codon by codon, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('A', 'C', 'G', 'T'), maxLength: 60 }), (strand) => {
        const { codons, protein, stopped, left } = translate(strand);
        const start = strand.indexOf('ATG');
        if (start === -1) return void expect(codons).toEqual([]);
        codons.forEach(({ from, bases, amino }, i) => {
          expect(from).toBe(start + 3 * i);
          expect(strand.slice(from, from + 3)).toBe(bases);
          expect(known.get(bases)).toBe(amino);
          expect(amino === '*').toBe(stopped && i === codons.length - 1);
        });
        expect(protein).toBe(
          codons
            .map(({ amino }) => amino)
            .filter((amino) => amino !== '*')
            .join(''),
        );
        if (!stopped) expect(start + 3 * codons.length + left).toBe(strand.length);
      }),
    );
  });
});
