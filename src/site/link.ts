import { engineParameter, seedParameter, type Card, type Form } from '#src/experiments/definition.ts';
import {
  allowed,
  defaultsOf,
  parseValue,
  sameValue,
  writeValue,
  type Parameter,
  type Value,
  type Values,
} from '#src/experiments/parameters.ts';

/** What a link says of one experiment, and, in words, what of it could not be used. */
export interface LinkState {
  params: Values;
  seed: number;
  /** True where the link names a usable seed: it then stays in the address. */
  seedGiven: boolean;
  /** The form of the recurrent kernels that `?engine=…` forces. */
  form?: Form;
  notes: string[];
}

const SHOWN_OF_A_VALUE = 40;

/** The key of a parameter in a link: `vanishing-gradient.length`. */
const keyOf = (slug: string, name: string) => `${slug}.${name}`;

/** Every parameter that a link can carry, the seed among them. */
function linkParameters({ parameters }: Card): Record<string, Parameter> {
  return { ...parameters, seed: seedParameter };
}

/** Reads an experiment's state out of a query string. Whatever cannot be used gives way to the default, with a note. */
export function readLink(search: string, card: Card): LinkState {
  const query = new URLSearchParams(search);
  const parameters = linkParameters(card);
  const notes = unknownNames(query, card.slug, parameters).map(
    (name) => `“${shorten(name)}” is no parameter of this experiment and was left out.`,
  );
  const values: Record<string, Value> = { ...defaultsOf(card.parameters), seed: seedParameter.default };
  let seedGiven = false;
  for (const [name, parameter] of Object.entries(parameters)) {
    const value = readValue(query, keyOf(card.slug, name), name, parameter, notes);
    if (value === undefined) continue;
    values[name] = value;
    seedGiven ||= name === 'seed';
  }
  const form = readValue(query, 'engine', 'engine', engineParameter, notes) as Form | undefined;
  const { seed, ...params } = values;
  return { params, seed: seed as number, seedGiven, form, notes };
}

/** The value under a key, or undefined; where what is there cannot be used, with a note. */
function readValue(query: URLSearchParams, key: string, name: string, parameter: Parameter, notes: string[]) {
  const written = query.getAll(key);
  const value = written.length === 1 ? parseValue(parameter, written[0]!) : undefined;
  if (written.length > 0 && value === undefined) notes.push(refusal(name, parameter, written));
  return value;
}

function unknownNames(query: URLSearchParams, slug: string, parameters: Record<string, Parameter>): string[] {
  const prefix = keyOf(slug, '');
  const names = [...new Set(query.keys())]
    .filter((key) => key.startsWith(prefix))
    .map((key) => key.slice(prefix.length));
  return names.filter((name) => !Object.hasOwn(parameters, name));
}

function refusal(name: string, parameter: Parameter, written: string[]): string {
  const fallback = `The default, ${shorten(writeValue(parameter.default))}, is used.`;
  if (written.length > 1) return `The link names ${name} ${written.length} times. ${fallback}`;
  return `The link asks for ${name} “${shorten(written[0]!)}”; allowed is ${allowed(parameter)}. ${fallback}`;
}

function shorten(written: string): string {
  // By characters, not by halves of them.
  const visible = [...written.slice(0, 2 * SHOWN_OF_A_VALUE + 2)].map((character) => character.replace(/\p{C}/u, '�'));
  return visible.length > SHOWN_OF_A_VALUE ? `${visible.slice(0, SHOWN_OF_A_VALUE).join('')}…` : visible.join('');
}

/**
 * Puts an experiment's state into a query string and leaves the rest of that as it is. Only what differs from the
 * defaults is written; the seed also once the reader has chosen it.
 * @returns the query with its question mark, or an empty string
 */
export function writeLink(search: string, card: Card, params: Values, seed: number, seedGiven: boolean): string {
  const query = new URLSearchParams(search);
  const prefix = keyOf(card.slug, '');
  for (const key of [...query.keys()]) if (key.startsWith(prefix)) query.delete(key);
  for (const [name, parameter] of Object.entries(card.parameters)) {
    const value = (params as Record<string, Value>)[name]!;
    if (!sameValue(value, parameter.default)) query.set(keyOf(card.slug, name), writeValue(value));
  }
  if (seedGiven || seed !== seedParameter.default) query.set(keyOf(card.slug, 'seed'), writeValue(seed));
  const written = query.toString();
  return written && `?${written}`;
}
