/**
 * The network of `train-rnn` once more, for looking into it: plain arithmetic on its weights, without TensorFlow.js, so that a
 * page can read on with any of its snapshots at once. The numbers are those of the training up to rounding.
 */
import { exp, tanh } from '#src/recurrent/math.ts';
import { createRandom } from '#src/sequences/random.ts';

/** A network at one moment of its training: kernel, recurrent kernel, bias, the readout's kernel and the readout's bias. */
export interface Snapshot {
  /** Updates made before. */
  updates: number;
  weights: readonly (readonly number[])[];
}

/** A stretch of held-out weather. */
export interface ShownWeather {
  task: 'temperature';
  /** °C, an hour each, the first one midnight. */
  degrees: readonly number[];
  /** How many of these hours are read; after them a network runs on its own forecasts. */
  read: number;
  /** What the network takes for 0 and for 1, in °C. */
  mean: number;
  deviation: number;
}

/** A passage of held-out text. */
export interface ShownText {
  task: 'text';
  passage: string;
  /** Every character that there is, at its index. */
  alphabet: string;
}

export type Shown = ShownWeather | ShownText;

type State = readonly number[];

/** h' = tanh(drive + h U + b), where the drive is x W. */
function advance({ weights: [, recurrentKernel, bias] }: Snapshot, hidden: State, drive: State): number[] {
  const units = bias!.length;
  return bias!.map((b, unit) => {
    let sum = b + drive[unit]!;
    for (let other = 0; other < units; other++) sum += hidden[other]! * recurrentKernel![other * units + unit]!;
    return tanh(sum);
  });
}

/** y = h v + c */
function answer({ weights: [, , , readout, readoutBias] }: Snapshot, hidden: State): number[] {
  const outputs = readoutBias!.length;
  return readoutBias!.map((c, output) =>
    hidden.reduce((sum, h, unit) => sum + h * readout![unit * outputs + output]!, c),
  );
}

const atRest = ({ weights }: Snapshot): State => weights[2]!.map(() => 0);

/** What one input unit sends to the hidden units where it is `value`. */
function driveOf({ weights: [kernel, , bias] }: Snapshot, input: number, value: number): State {
  const units = bias!.length;
  return kernel!.slice(input * units, (input + 1) * units).map((weight) => weight * value);
}

export interface WeatherReading {
  /** The hidden state after each hour, read or forecast. */
  hidden: State[];
  /** What was said of each hour before it came, in °C; of the first one nothing was. */
  forecast: (number | null)[];
}

/** Reads the hours that are to be read, each forecast before it comes, and goes on with its own forecasts for the others. */
export function readWeather(snapshot: Snapshot, { degrees, read, mean, deviation }: ShownWeather): WeatherReading {
  const reading: WeatherReading = { hidden: [], forecast: [null] };
  let hidden = atRest(snapshot);
  let said = 0;
  degrees.forEach((truth, hour) => {
    const seen = hour < read ? (truth - mean) / deviation : said;
    hidden = advance(snapshot, hidden, driveOf(snapshot, 0, seen));
    said = answer(snapshot, hidden)[0]!;
    reading.hidden.push(hidden);
    if (hour < degrees.length - 1) reading.forecast.push(mean + deviation * said);
  });
  return reading;
}

export interface TextReading {
  /** The hidden state after each character. */
  hidden: State[];
  /** How likely each character was held to be before it came; of the first one nothing was said. */
  chances: (number | null)[];
  /** The character that was held to be the likeliest to come after each one. */
  guesses: string[];
}

export function readText(snapshot: Snapshot, { passage, alphabet }: ShownText): TextReading {
  const reading: TextReading = { hidden: [], chances: [null], guesses: [] };
  let hidden = atRest(snapshot);
  [...passage].forEach((character, at) => {
    hidden = advance(snapshot, hidden, driveOf(snapshot, alphabet.indexOf(character), 1));
    const chances = softmax(answer(snapshot, hidden), 1);
    reading.hidden.push(hidden);
    reading.guesses.push(alphabet[chances.indexOf(Math.max(...chances))]!);
    const next = passage[at + 1];
    if (next !== undefined) reading.chances.push(chances[alphabet.indexOf(next)]!);
  });
  return reading;
}

/** @param temperature what the logits are divided by: below 1 the likely becomes likelier still */
function softmax(logits: readonly number[], temperature: number): number[] {
  const most = Math.max(...logits);
  const weights = logits.map((logit) => exp((logit - most) / temperature));
  const sum = weights.reduce((a, b) => a + b, 0);
  return weights.map((weight) => weight / sum);
}

export interface WritingOptions {
  /** Characters to write. */
  length: number;
  temperature: number;
  /** With the seed and the number of the sample, the same text again. */
  seed: number;
  sample: number;
}

/** Every sample begins as if a sentence had just ended. */
const BEFORE = '. ';

/** Lets a network write: each character is drawn by the chances that it gives, and read as if it had come. */
export function write(
  snapshot: Snapshot,
  { alphabet }: Pick<ShownText, 'alphabet'>,
  { length, temperature, seed, sample }: WritingOptions,
): string {
  const random = createRandom(seed, `sample ${sample}`);
  const read = (hidden: State, character: string) =>
    advance(snapshot, hidden, driveOf(snapshot, alphabet.indexOf(character), 1));
  let hidden = [...BEFORE].reduce(read, atRest(snapshot));
  let text = '';
  while (text.length < length) {
    const chances = softmax(answer(snapshot, hidden), temperature);
    let left = random.uniform(0, 1);
    const drawn = chances.findIndex((chance) => (left -= chance) < 0);
    const character = alphabet[drawn === -1 ? alphabet.length - 1 : drawn]!;
    text += character;
    hidden = read(hidden, character);
  }
  return text;
}
