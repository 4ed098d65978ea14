import { seedParameter, type Card, type Outcome } from '#src/experiments/definition.ts';
import { sameValue, writeValue, type Parameter, type Value, type Values } from '#src/experiments/parameters.ts';
import { keptInWords, valueInWords } from '#src/experiments/value-words.ts';
import { writeLink } from '#src/site/link.ts';

/** What computed a run: the site and TensorFlow.js by their versions, and the form of the recurrent kernels where any ran. */
export interface Versions {
  unrolled: string;
  tensorflow: string;
  engine?: string;
}

/** A run as a file: what it was, where it can be seen again, and what came out. */
export interface RunFile {
  format: 'unrolled-run';
  /** Changes when the meaning of a field does. */
  version: 1;
  slug: string;
  title: string;
  question: string;
  address: string;
  parameters: Values;
  seed: number;
  /** Only where the run was not finished, and this is what it had until then. */
  part?: true;
  versions: Versions;
  sentence: string;
  result: unknown;
}

/** What of a run stands beside its pictures: all but the result itself. */
export type RunLabel = Omit<RunFile, 'result'>;

/** @param page the address of the page that has the experiment, without a query. */
export function runFile(card: Card, outcome: Outcome, page: string, versions: Versions): RunFile {
  const { slug, title, question } = card;
  const { params, seed, part, form, sentence, result } = outcome;
  return {
    format: 'unrolled-run',
    version: 1,
    slug,
    title,
    question,
    address: `${page}${writeLink('', card, params, seed, true)}#${slug}`,
    parameters: params,
    seed,
    ...(part && { part }),
    versions: { ...versions, ...(form && { engine: form }) },
    sentence,
    result,
  };
}

/** The file's text: JSON, a field a line. */
export function writeRunFile(run: RunFile): string {
  const fields = Object.entries(run).map(([name, value]) => `  ${JSON.stringify(name)}: ${JSON.stringify(value)}`);
  return `{\n${fields.join(',\n')}\n}\n`;
}

export const runLabel = ({ result: _, ...label }: RunFile): RunLabel => label;

const LONGEST_NAME = 60;

/** The name of a file of a run: `race-seed-7.json`. @param of which of several, in words */
export function fileName({ slug, seed }: Pick<RunFile, 'slug' | 'seed'>, kind: string, of = ''): string {
  const words = of.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  while (words.join('-').length > LONGEST_NAME) words.pop();
  return `${[slug, ...words, 'seed', seed].join('-')}.${kind}`;
}

const LONGEST_VALUE = 60;

/** The parameters and the seed of a run in words: `Length: 60 steps · Activation: tanh · Seed: 1`. What is empty is left out. */
export function settingsInWords(card: Pick<Card, 'parameters'>, params: Values, seed: number): string {
  const values = params as Record<string, Value>;
  const told = Object.entries(card.parameters).flatMap(([name, parameter]) => {
    const words = shorten(settingInWords(parameter, values[name]!, values));
    return words ? [`${parameter.label}: ${words}`] : [];
  });
  return [...told, `${seedParameter.label}: ${seed}`].join(' · ');
}

function settingInWords(parameter: Parameter, value: Value, values: Record<string, Value>): string {
  if (parameter.kind === 'boolean') return value ? 'yes' : 'no';
  if (parameter.kind === 'permutation') return sameValue(value, parameter.default) ? '' : writeValue(value);
  if (parameter.kind === 'setting') return keptInWords(parameter, value as string, values) ?? '';
  return valueInWords(parameter, value);
}

const shorten = (words: string) => (words.length > LONGEST_VALUE ? `${words.slice(0, LONGEST_VALUE)}…` : words);
