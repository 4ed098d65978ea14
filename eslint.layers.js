/**
 * The direction of imports, as lint rules: a folder may import from the folders listed for it, from itself, and from the
 * packages listed for it. Everything crosses folders by `#src/…`, `#components/…` or `#content/…`, so one pattern holds.
 */
const folders = {
  'src/sequences': { may: ['src/recurrent'] },
  'src/recurrent': { may: [] },
  'src/training': { may: ['src/sequences', 'src/recurrent'] },
  'src/experiments': { may: ['src/training', 'src/sequences', 'src/recurrent'] },
  'src/runtime': { may: ['src/experiments'] },
  'src/site': { may: ['src/experiments'] },
  'src/offline': { may: [] },
  'components/controls': { may: ['src/experiments'] },
  'components/plots': { may: [] },
  'components/experiment': {
    may: ['src/site', 'src/runtime', 'src/experiments', 'components/controls', 'components/plots'],
  },
  'components/experiments': {
    may: ['src/site', 'src/experiments', 'components/experiment', 'components/controls', 'components/plots'],
    // A recorded run comes with the script that draws it: handed down, it would be in the page for everybody who only reads.
    content: 'recorded',
  },
  'components/page': {
    may: ['src/site', 'src/experiments', 'components/controls', 'components/plots', 'components/experiment'],
  },
};

const tensorflowFolders = ['src/training', 'src/recurrent'];
const domFree = ['src/sequences', 'src/recurrent', 'src/training', 'src/experiments'];
const domGlobals = ['window', 'document', 'navigator', 'localStorage', 'HTMLElement'];

const all = Object.keys(folders);
const inFolder = (folder) => `^#${folder}/`;

/** The same patterns for `import(…)`, which no-restricted-imports does not see. */
function whenItRuns({ regex, message }) {
  const selector = `ImportExpression[source.value=/${regex.replaceAll('/', '\\/')}/]`;
  return { selector, message };
}

const newWorker = {
  selector: 'NewExpression[callee.name="Worker"]',
  message: 'Only src/runtime/client.ts starts workers.',
};

function rulesFor(folder) {
  const { may, content } = folders[folder];
  const allowed = [folder, ...may];
  const forbidden = all.filter((other) => !allowed.includes(other));
  const patterns = [
    { regex: '^(\\./)*\\.\\./', message: 'Cross folders by #src/…, #components/… or #content/…' },
    { regex: forbidden.map(inFolder).join('|'), message: `${folder} may import only from: ${allowed.join(', ')}.` },
    {
      regex: `^#src/(pages|layouts)/|^#content/${content ? `(?!${content}/)` : ''}`,
      message: 'Pages hand content down as props.',
    },
  ];
  if (!tensorflowFolders.includes(folder)) {
    patterns.push({
      regex: '^@tensorflow/|^#tensorflow|^#recurrent/',
      message: 'Only src/training and src/recurrent know TensorFlow.js.',
    });
  }
  if (domFree.includes(folder)) {
    patterns.push({ regex: '^svelte|^astro', message: `${folder} knows neither Svelte nor Astro.` });
  }
  const syntax = patterns.map(whenItRuns);
  return [
    {
      files: [`${folder}/**/*.{ts,svelte,astro}`],
      rules: {
        'no-restricted-imports': ['error', { patterns }],
        'no-restricted-syntax': ['error', ...syntax, newWorker],
        ...(domFree.includes(folder) && { 'no-restricted-globals': ['error', ...domGlobals] }),
      },
    },
    // The file that starts the worker is the only one that may say `new Worker`.
    { files: ['src/runtime/client.ts'], rules: { 'no-restricted-syntax': ['error', ...syntax] } },
  ];
}

/** Rules for each folder. */
export const layerRules = all.flatMap(rulesFor);
