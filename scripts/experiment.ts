/** npm run -s experiment -- <slug> [--parameter value] [--seed n]: one run, its result as JSON on standard output. */
import { isSlug, loadDefinition, slugs } from '#src/experiments/index.ts';
import { engineParameter, perform, seedParameter, type Definition, type Form } from '#src/experiments/definition.ts';
import {
  allowed,
  defaultsOf,
  parseValue,
  writeValue,
  type Parameter,
  type Value,
} from '#src/experiments/parameters.ts';

/** What every experiment takes beside its own parameters. */
const common = { seed: seedParameter, engine: engineParameter };

/** Exit code for a command line that cannot be used. */
const MISUSED = 2;

function misuse(sentence: string): never {
  console.error(sentence);
  process.exit(MISUSED);
}

function usage(): string {
  return `npm run -s experiment -- <slug> [--parameter value …] [--seed n]\nnpm run -s experiment -- <slug> --help\n\nExperiments: ${slugs.join(', ')}`;
}

function helpFor(definition: Definition): string {
  const lines = Object.entries({ ...definition.parameters, ...common }).map(([name, parameter]) => {
    const unit = parameter.unit ? ` (${parameter.unit})` : '';
    const facts = `${allowed(parameter)}${unit}; default ${writeValue(parameter.default)}`;
    return `  --${name}\n      ${parameter.label}: ${facts}\n      ${parameter.help}`;
  });
  return `${definition.slug}: ${definition.question}\n\n${lines.join('\n')}`;
}

/** Pairs of a name and what is written for it, from `--name value` and `--name=value`. */
function readWords(words: string[]): [string, string][] {
  const pairs: [string, string][] = [];
  for (let i = 0; i < words.length; i++) {
    const match = /^--([^=]+)(?:=(.*))?$/s.exec(words[i]!);
    if (!match) misuse(`“${words[i]}” is not understood; parameters are written --name value.`);
    const value = match[2] ?? words[++i];
    if (value === undefined) misuse(`--${match[1]} needs a value.`);
    pairs.push([match[1]!, value]);
  }
  return pairs;
}

function readValues(parameters: Record<string, Parameter>, words: string[]): Record<string, Value> {
  const values: Record<string, Value> = defaultsOf(parameters);
  const given = new Set<string>();
  for (const [name, written] of readWords(words)) {
    const parameter = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
    if (!parameter) misuse(`--${name} is no parameter; there are: ${Object.keys(parameters).join(', ')}.`);
    if (given.has(name)) misuse(`--${name} is given twice.`);
    const value = parseValue(parameter, written);
    if (value === undefined) misuse(`--${name} is “${written}”; allowed is ${allowed(parameter)}.`);
    given.add(name);
    values[name] = value;
  }
  return values;
}

const [slug, ...words] = process.argv.slice(2);
if (slug === undefined) misuse(usage());
if (slug === '--help') {
  console.log(usage());
  process.exit(0);
}
if (!isSlug(slug)) misuse(`“${slug}” is no experiment; there are: ${slugs.join(', ')}.`);

const definition = await loadDefinition(slug);
if (words.includes('--help')) {
  console.log(helpFor(definition));
  process.exit(0);
}
const { seed, engine, ...params } = readValues({ ...definition.parameters, ...common }, words);

const stopper = new AbortController();
process.on('SIGINT', () => stopper.abort(new Error('Stopped.')));
let told = -Infinity;
try {
  const outcome = await perform(definition, params, seed as number, {
    signal: stopper.signal,
    form: engine as Form,
    onProgress({ done, total, unit }) {
      if (performance.now() - told < 200) return;
      told = performance.now();
      console.error(`${done} of ${total} ${unit}`);
    },
  });
  console.error(outcome.sentence);
  console.log(JSON.stringify({ slug, ...outcome }));
} catch (error) {
  console.error(`${slug} failed: ${(error as Error).message}`);
  process.exitCode = 1;
}
