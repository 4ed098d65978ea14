/** A quantity that has a colour of its own, in src/styles/tokens.css, wherever it is met. */
export const quantities = [
  'input',
  'hidden',
  'cell',
  'forget-gate',
  'input-gate',
  'output-gate',
  'candidate',
  'gradient',
  'loss',
  'rnn',
  'lstm',
  'gru',
] as const;

export type Quantity = (typeof quantities)[number];

/** A symbol of the formulas: `\h_t` is the letter h with the index t, both in the colour of the hidden state. */
interface Symbol {
  command: string;
  tex: string;
  quantity: Quantity;
  meaning: string;
}

export const symbols: readonly Symbol[] = [
  { command: 'x', tex: 'x', quantity: 'input', meaning: 'the input of a time step' },
  { command: 'h', tex: 'h', quantity: 'hidden', meaning: 'the hidden state' },
  { command: 'cellstate', tex: 'c', quantity: 'cell', meaning: 'the cell state of an LSTM' },
  { command: 'forgetgate', tex: 'f', quantity: 'forget-gate', meaning: 'the forget gate' },
  { command: 'inputgate', tex: 'i', quantity: 'input-gate', meaning: 'the input gate' },
  { command: 'outputgate', tex: 'o', quantity: 'output-gate', meaning: 'the output gate' },
  { command: 'candidate', tex: '\\tilde{c}', quantity: 'candidate', meaning: 'the candidate, what a cell could write' },
  { command: 'grad', tex: 'g', quantity: 'gradient', meaning: 'the gradient of the loss' },
  { command: 'loss', tex: 'L', quantity: 'loss', meaning: 'the loss' },
];

/** KaTeX takes letters only as the name of a colour. */
export const colourName = (quantity: Quantity) => quantity.replace('-', '');

/** The part of KaTeX's macro expander that the macros below use. */
interface Expander {
  future(): { text: string };
  popToken(): unknown;
  /** The next argument; its tokens come last one first. */
  consumeArg(): { tokens: { text: string }[] };
}

/** The symbol's macro, which takes the indices that follow it into the colour. */
function macroOf({ tex, quantity }: Symbol) {
  return (expander: Expander): string => {
    let indices = '';
    while (['_', '^'].includes(expander.future().text)) {
      const mark = expander.future().text;
      expander.popToken();
      indices += `${mark}{${written(expander.consumeArg().tokens)}}`;
    }
    return `\\textcolor{${colourName(quantity)}}{${tex}${indices}}`;
  };
}

/** Tokens as they were typed: a command is kept apart from a letter behind it. */
function written(tokens: { text: string }[]): string {
  return tokens
    .map(({ text }) => (/^\\[a-z]+$/i.test(text) ? `${text} ` : text))
    .reduceRight((all, text) => all + text, '');
}

/** KaTeX's `macros` option. */
export const symbolMacros = Object.fromEntries(symbols.map((symbol) => [`\\${symbol.command}`, macroOf(symbol)]));
