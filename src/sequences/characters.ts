import type { Random } from './random.ts';
import type { Stream } from './task.ts';

/** Lower case, in lines of at most so many characters, paragraphs one after the other: fewer characters to tell apart. */
export function inLines(text: string, width: number): string {
  const lines: string[] = [];
  for (const word of text.toLowerCase().split(/\s+/).filter(Boolean)) {
    const line = lines.at(-1);
    if (line === undefined || line.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = `${line} ${word}`;
  }
  return lines.join('\n');
}

/** The characters of a text, each once, in their order. */
export const alphabetOf = (text: string): string[] => [...new Set(text)].sort();

/** One-hot, [characters, alphabet]. @throws RangeError where a character is not of the alphabet */
export function oneHotCharacters(text: string, alphabet: readonly string[]): Float32Array<ArrayBuffer> {
  const characters = [...text];
  const inputs = new Float32Array(characters.length * alphabet.length);
  characters.forEach((character, i) => {
    const place = alphabet.indexOf(character);
    if (place === -1) throw new RangeError(`“${character}” is not of the alphabet`);
    inputs[i * alphabet.length + place] = 1;
  });
  return inputs;
}

/**
 * A text read character by character, which is next? Each sequence begins somewhere, and goes on from the end at the beginning.
 * Inputs are one-hot, the classes the alphabet.
 * @param time characters in a chunk
 * @throws RangeError where a character is not of the alphabet
 */
export function characters(text: string, alphabet: readonly string[], time: number): Stream {
  const inputs = oneHotCharacters(text, alphabet);
  const size = alphabet.length;
  const classes = Int32Array.from({ length: inputs.length / size }, (_, i) =>
    inputs.subarray(i * size, (i + 1) * size).indexOf(1),
  );
  return {
    time,
    inputs: size,
    outputs: size,
    kind: 'class',
    at: 'every',
    begin(random: Random, count: number) {
      const places = Array.from({ length: count }, () => random.integer(classes.length));
      return () => {
        const chunk = { inputs: new Float32Array(count * time * size), targets: new Int32Array(count * time) };
        places.forEach((place, sequence) => {
          for (let t = 0; t < time; t++) {
            const step = sequence * time + t;
            chunk.inputs[step * size + classes[(place + t) % classes.length]!] = 1;
            chunk.targets[step] = classes[(place + t + 1) % classes.length]!;
          }
          places[sequence] = (place + time) % classes.length;
        });
        return chunk;
      };
    },
  };
}
