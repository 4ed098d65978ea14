/** A choice of a question. The texts are HTML, made from Markdown when the site is built. */
export interface Choice {
  text: string;
  right: boolean;
  /** Why it is right, or why it is not. */
  why: string;
}

interface Asked {
  ask: string;
}

/** One choice is right, or several are, each to be found. */
export interface ChoiceQuestion extends Asked {
  kind: 'single' | 'multiple';
  choices: Choice[];
}

/** Items in their right order, each with the reason why it stands where it does. */
export interface OrderQuestion extends Asked {
  kind: 'order';
  items: { text: string; why: string }[];
}

export interface NumericQuestion extends Asked {
  kind: 'numeric';
  answer: number;
  /** How far from the answer a number may be and still be right. */
  tolerance: number;
  unit?: string;
  why: string;
  /** Numbers that a particular mistake leads to, from and to included. */
  mistakes: { from: number; to: number; why: string }[];
  /** What is said of any other number. */
  otherwise: string;
}

export type Question = ChoiceQuestion | OrderQuestion | NumericQuestion;

/** What is said of one choice or item: its index in the question, whether it is right where it is, and why. */
export interface Remark {
  index: number;
  right: boolean;
  why: string;
}

export interface Verdict {
  right: boolean;
  /** One sentence or two. */
  says: string;
  remarks: Remark[];
}

/** Judges the chosen choices, by index: every one of them is explained, and none that was not chosen is given away. */
export function judgeChoices({ kind, choices }: ChoiceQuestion, chosen: readonly number[]): Verdict {
  const remarks = choices.flatMap(({ right, why }, index) => (chosen.includes(index) ? [{ index, right, why }] : []));
  const wrong = remarks.filter(({ right }) => !right).length;
  const missing = choices.filter(({ right }, index) => right && !chosen.includes(index)).length;
  if (wrong === 0 && missing === 0) return { right: true, says: 'Right.', remarks };
  if (kind === 'single') return { right: false, says: 'Not that one.', remarks };
  const parts = [
    wrong > 0 && `${counted(wrong, 'choice')} too many`,
    missing > 0 && `${counted(missing, 'choice')} still to find`,
  ];
  return { right: false, says: `Not yet: ${parts.filter(Boolean).join(', ')}.`, remarks };
}

/**
 * Judges an order, given as the items' indices from first to last. As few items as possible are called out of place: the
 * longest row of items that already follow each other rightly is left in peace.
 */
export function judgeOrder({ items }: OrderQuestion, order: readonly number[]): Verdict {
  const inPlace = new Set(longestRising(order));
  const remarks = order.map((index) => ({ index, right: inPlace.has(index), why: items[index]!.why }));
  const out = items.length - inPlace.size;
  if (out === 0) return { right: true, says: 'Right, every one in its place.', remarks };
  return { right: false, says: `Not yet: ${counted(out, 'item')} out of place.`, remarks };
}

/** The longest rising subsequence of distinct numbers; of several, one that ends with the smallest. */
export function longestRising(numbers: readonly number[]): number[] {
  let best: number[] = [];
  const endingAt: number[][] = [];
  numbers.forEach((number, i) => {
    const before = endingAt.slice(0, i).filter((row) => row.at(-1)! < number);
    const row = [
      ...before.reduce((longest, one) => (one.length > longest.length ? one : longest), [] as number[]),
      number,
    ];
    endingAt.push(row);
    if (row.length > best.length || (row.length === best.length && row.at(-1)! < best.at(-1)!)) best = row;
  });
  return best;
}

/** Judges a number as the reader typed it. */
export function judgeNumber({ answer, tolerance, why, mistakes, otherwise }: NumericQuestion, typed: string): Verdict {
  const number = parseTyped(typed);
  if (number === undefined) return { right: false, says: 'That is not a number that can be read here.', remarks: [] };
  // A little room for the rounding of the difference itself: with a tolerance of 0.1, 0.9 is near enough to 1.
  const right = Math.abs(number - answer) <= tolerance * (1 + 1e-9) + Math.abs(answer) * 1e-12;
  const mistake = mistakes.find(({ from, to }) => number >= from && number <= to);
  return {
    right,
    says: right ? 'Right.' : 'Not that number.',
    remarks: [{ index: 0, right, why: right ? why : (mistake?.why ?? otherwise) }],
  };
}

/**
 * A number the way people type it: 1200, 1,200, 1 200, 0.5, 0,5, 5e-3. A comma or a space before groups of three digits
 * separates thousands; any other single comma is a decimal one.
 */
export function parseTyped(typed: string): number | undefined {
  const text = typed.trim().replace(/^[−–]/, '-');
  const grouped = /^[+-]?[1-9]\d{0,2}([, \u00a0\u202f]\d{3})+(\.\d+)?$/;
  const plain = grouped.test(text) ? text.replace(/[, \u00a0\u202f]/g, '') : text.replace(',', '.');
  if (!/^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i.test(plain)) return undefined;
  const number = Number(plain);
  return Number.isFinite(number) ? number : undefined;
}

/** An order to begin with: the odd places first, then the even ones; never the right one, if there are two items or more. */
export function startOrder(count: number): number[] {
  const all = Array.from({ length: count }, (_, i) => i);
  return [...all.filter((i) => i % 2 === 1), ...all.filter((i) => i % 2 === 0)];
}

/** The order after one item has been moved to another place; the others keep theirs. */
export function moved(order: readonly number[], from: number, to: number): number[] {
  const rest = order.filter((_, i) => i !== from);
  return [...rest.slice(0, to), order[from]!, ...rest.slice(to)];
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** The same question with every text put through `toHtml`. */
export async function withHtml(question: Question, toHtml: (text: string) => Promise<string>): Promise<Question> {
  const ask = await toHtml(question.ask);
  const all = <T extends { why: string }>(list: T[]) =>
    Promise.all(
      list.map(async (one) => ({
        ...one,
        why: await toHtml(one.why),
        ...('text' in one && { text: await toHtml(String(one.text)) }),
      })),
    );
  switch (question.kind) {
    case 'order':
      return { ...question, ask, items: await all(question.items) };
    case 'numeric': {
      const [why, otherwise] = [await toHtml(question.why), await toHtml(question.otherwise)];
      return { ...question, ask, why, otherwise, mistakes: await all(question.mistakes) };
    }
    default:
      return { ...question, ask, choices: await all(question.choices) };
  }
}

/** A question laid open, for a page without scripts: what there is to choose from, and the answer, line by line, as HTML. */
export function explained(question: Question): { choices: string[]; answer: string[] } {
  switch (question.kind) {
    case 'order':
      return {
        choices: startOrder(question.items.length).map((i) => question.items[i]!.text),
        answer: question.items.map(({ text, why }, i) => `<b>${i + 1}. ${text}</b> ${why}`),
      };
    case 'numeric':
      return {
        choices: [],
        answer: [`<b>${[question.answer, question.unit].filter(Boolean).join(' ')}.</b> ${question.why}`],
      };
    default:
      return {
        choices: question.choices.map(({ text }) => text),
        answer: question.choices.map(
          ({ text, right, why }) => `<b>${right ? 'Right' : 'Not right'}: ${text}</b> ${why}`,
        ),
      };
  }
}
