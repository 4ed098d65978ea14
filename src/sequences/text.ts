/** A text's sentences as lists of words: lower case, without punctuation. */
export function sentencesOf(text: string): string[][] {
  return text
    .split(/[.?!]/)
    .map(wordsOf)
    .filter((words) => words.length > 0);
}

/** A word as a model reads it: lower case and without the marks around it; empty where there is nothing else. */
export function plainWord(word: string): string {
  return word.toLowerCase().replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '');
}

function wordsOf(sentence: string): string[] {
  return sentence
    .split(/\s+/)
    .map(plainWord)
    .filter((word) => word !== '');
}

/** Lines of code as lists of tokens, which stand in them with a space between. */
export function tokensOf(code: string): string[][] {
  return code
    .trim()
    .split('\n')
    .map((line) => line.trim().split(' '));
}
