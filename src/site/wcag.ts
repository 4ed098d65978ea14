/** The success criteria of WCAG 2.2 at levels A and AA: how each is met here, and how that is known. */
export interface Criterion {
  number: string;
  name: string;
  level: 'A' | 'AA';
  how: string;
  /** The tests that hold it, from the project's root. */
  tests?: readonly string[];
  /** What was looked at by people instead, or beside. */
  looked?: string;
}

/** The day on which the criteria were last gone through, one by one. */
export const CHECKED = '2026-11-25';

const axe = 'tests/site/pages.spec.ts';
const states = 'tests/site/accessibility.spec.ts';
const experiments = 'tests/site/experiments.spec.ts';
const keyboard = 'tests/site/keyboard.spec.ts';
const layout = 'tests/site/layout.spec.ts';
const controls = 'tests/site/controls.spec.ts';
const colours = 'tests/unit/styles/colours.test.ts';

const none = (of: string) => `There is nothing of the kind: ${of}.`;

export const principles: readonly { about: string; criteria: readonly Criterion[] }[] = [
  {
    about: 'Perceivable',
    criteria: [
      {
        number: '1.1.1',
        name: 'Non-text Content',
        level: 'A',
        how: 'Each picture has a name, and the sentence of its experiment as description; its numbers are in a table under “Data”. Formulas are MathML. What only adorns is hidden from screen readers.',
        tests: [axe, experiments],
      },
      {
        number: '1.2.1',
        name: 'Audio-only and Video-only (Prerecorded)',
        level: 'A',
        how: none('no recorded sound, no film. Sounds that the page makes follow numbers that stand beside them'),
      },
      { number: '1.2.2', name: 'Captions (Prerecorded)', level: 'A', how: none('no film') },
      { number: '1.2.3', name: 'Audio Description or Media Alternative', level: 'A', how: none('no film') },
      { number: '1.2.4', name: 'Captions (Live)', level: 'AA', how: none('no film') },
      { number: '1.2.5', name: 'Audio Description (Prerecorded)', level: 'AA', how: none('no film') },
      {
        number: '1.3.1',
        name: 'Info and Relationships',
        level: 'A',
        how: 'Headings, lists, tables with heads, field sets with legends, labels, landmarks: what is seen is in the markup.',
        tests: [axe, states],
      },
      {
        number: '1.3.2',
        name: 'Meaningful Sequence',
        level: 'A',
        how: 'The markup is in the order of reading; no style moves anything to another place in it but the chapters’ list on a phone, below the buttons beside it.',
        tests: [keyboard],
        looked: 'The chapters were read in the order of their sources.',
      },
      {
        number: '1.3.3',
        name: 'Sensory Characteristics',
        level: 'A',
        how: 'Controls are called by their names, never by their place, form or colour alone.',
        looked: 'The texts of the first, second and fourth chapter were read for it.',
      },
      {
        number: '1.3.4',
        name: 'Orientation',
        level: 'AA',
        how: 'Nothing asks for one; pictures are drawn for the width there is.',
        tests: [layout],
      },
      {
        number: '1.3.5',
        name: 'Identify Input Purpose',
        level: 'AA',
        how: none('no field asks for anything about the reader'),
      },
      {
        number: '1.4.1',
        name: 'Use of Color',
        level: 'A',
        how: 'Lines differ by dash and have their names at their ends, what is below zero has a minus sign, right and wrong have a mark and a word. Links of the text are underlined.',
        tests: [colours],
        looked: 'The pictures of five experiments were looked at as they are shown where the system says the colours.',
      },
      {
        number: '1.4.2',
        name: 'Audio Control',
        level: 'A',
        how: 'Nothing sounds by itself. What was asked for has a button that stops it, and a volume.',
        tests: ['tests/site/listen.spec.ts', 'tests/unit/components/controls/melody-player.svelte.test.ts'],
      },
      {
        number: '1.4.3',
        name: 'Contrast (Minimum)',
        level: 'AA',
        how: 'Every colour that words have is at 4.5 to 1 or more, in the light and in the dark theme.',
        tests: [colours, axe, states],
      },
      {
        number: '1.4.4',
        name: 'Resize Text',
        level: 'AA',
        how: 'Words may be twice as large, by the browser’s zoom or by its font size. Words inside pictures follow the zoom only; what they say is in the table as well.',
        tests: [axe, experiments],
      },
      { number: '1.4.5', name: 'Images of Text', level: 'AA', how: 'Words in pictures are text.', tests: [layout] },
      {
        number: '1.4.10',
        name: 'Reflow',
        level: 'AA',
        how: 'At 320 pixels, which is a zoom of 400 % on a usual screen, no page scrolls sideways, with everything open. Wide tables of data and source code scroll in themselves.',
        tests: [axe, experiments, layout],
      },
      {
        number: '1.4.11',
        name: 'Non-text Contrast',
        level: 'AA',
        how: 'Borders of controls, marks of axes, lines and the focus are at 3 to 1 or more.',
        tests: [colours],
      },
      {
        number: '1.4.12',
        name: 'Text Spacing',
        level: 'AA',
        how: 'With the spacing that the criterion names nothing is cut off and no page scrolls sideways.',
        tests: [axe, experiments],
      },
      {
        number: '1.4.13',
        name: 'Content on Hover or Focus',
        level: 'AA',
        how: 'Notes to words stay while the pointer is on them, and go on Escape. What a picture says of the place that is pointed at covers nothing.',
        tests: ['tests/site/links.spec.ts'],
      },
    ],
  },
  {
    about: 'Operable',
    criteria: [
      {
        number: '2.1.1',
        name: 'Keyboard',
        level: 'A',
        how: 'Every experiment is set, run, stopped, read and taken home by keyboard alone; a slider below a plot reads it place by place, maps and rows take arrow keys.',
        tests: [keyboard, experiments, 'tests/site/take-home.spec.ts'],
      },
      {
        number: '2.1.2',
        name: 'No Keyboard Trap',
        level: 'A',
        how: 'Tab leads from the first to the last thing on each page.',
        tests: [keyboard],
      },
      {
        number: '2.1.4',
        name: 'Character Key Shortcuts',
        level: 'A',
        how: 'No key does anything by itself outside of what has the focus. Search opens with Control and K.',
        tests: ['tests/site/search.spec.ts'],
      },
      {
        number: '2.2.1',
        name: 'Timing Adjustable',
        level: 'A',
        how: none('nothing ends by itself but a run, which is shown when it has ended'),
      },
      {
        number: '2.2.2',
        name: 'Pause, Stop, Hide',
        level: 'A',
        how: 'Nothing moves unasked. What plays has a pace, and a button that pauses it; what runs has Stop. With reduced motion items change places without a way between.',
        tests: ['tests/site/motion.spec.ts', 'tests/unit/components/controls/time-player.svelte.test.ts'],
      },
      { number: '2.3.1', name: 'Three Flashes or Below Threshold', level: 'A', how: none('nothing flashes') },
      {
        number: '2.4.1',
        name: 'Bypass Blocks',
        level: 'A',
        how: 'The first Tab reaches a link into the text; pages have landmarks and headings.',
        tests: [keyboard],
      },
      {
        number: '2.4.2',
        name: 'Page Titled',
        level: 'A',
        how: 'Each page has a title of its own.',
        tests: ['tests/site/addresses.spec.ts'],
      },
      {
        number: '2.4.3',
        name: 'Focus Order',
        level: 'A',
        how: 'As in the text; where a pressed button goes away, the focus goes to what takes its place.',
        tests: [keyboard, controls],
      },
      {
        number: '2.4.4',
        name: 'Link Purpose (In Context)',
        level: 'A',
        how: 'Links say where they lead, those that set an experiment what they set.',
        looked: 'A list of all links of nine pages, the chapters among them, was read.',
      },
      {
        number: '2.4.5',
        name: 'Multiple Ways',
        level: 'AA',
        how: 'The list of chapters, search, the lists of experiments, terms and works in the footer, and links within the text.',
        tests: ['tests/site/search.spec.ts', 'tests/site/addresses.spec.ts'],
      },
      {
        number: '2.4.6',
        name: 'Headings and Labels',
        level: 'AA',
        how: 'Headings say what follows; each control has a label, its unit, and a sentence on what it does.',
        tests: [axe, controls],
        looked: 'A list of all headings and labels of nine pages, the chapters among them, was read.',
      },
      {
        number: '2.4.7',
        name: 'Focus Visible',
        level: 'AA',
        how: 'A ring of three pixels around whatever has the focus, in the system’s colour where that says the colours.',
        tests: [keyboard],
      },
      {
        number: '2.4.11',
        name: 'Focus Not Obscured (Minimum)',
        level: 'AA',
        how: 'On a phone the picture of a live experiment stays in sight; what has the focus is never behind it.',
        tests: [layout],
      },
      {
        number: '2.5.1',
        name: 'Pointer Gestures',
        level: 'A',
        how: none('no gesture of more than one finger, or along a path'),
      },
      {
        number: '2.5.2',
        name: 'Pointer Cancellation',
        level: 'A',
        how: 'Buttons act when they are let go; what is dragged elsewhere than onto an item goes back.',
        tests: ['tests/unit/components/experiments/shuffle/row.svelte.test.ts'],
      },
      {
        number: '2.5.3',
        name: 'Label in Name',
        level: 'A',
        how: 'The name of each control has its label in it.',
        tests: [axe, experiments],
      },
      {
        number: '2.5.4',
        name: 'Motion Actuation',
        level: 'A',
        how: none('nothing listens to how the device is moved'),
      },
      {
        number: '2.5.7',
        name: 'Dragging Movements',
        level: 'AA',
        how: 'What can be dragged can be pressed too: one item and then another, or a place on a slider; numbers can be typed.',
        tests: [controls, layout],
      },
      {
        number: '2.5.8',
        name: 'Target Size (Minimum)',
        level: 'AA',
        how: 'Nothing to press is smaller than 24 pixels, or than 44 for a finger.',
        tests: [layout, axe],
      },
    ],
  },
  {
    about: 'Understandable',
    criteria: [
      { number: '3.1.1', name: 'Language of Page', level: 'A', how: 'English, and said so.', tests: [axe] },
      {
        number: '3.1.2',
        name: 'Language of Parts',
        level: 'AA',
        how: 'Titles of works in other languages say theirs.',
        tests: ['tests/unit/site/references.test.ts'],
      },
      { number: '3.2.1', name: 'On Focus', level: 'A', how: 'The focus shows at most a note.', tests: [keyboard] },
      {
        number: '3.2.2',
        name: 'On Input',
        level: 'A',
        how: 'A live experiment follows its controls, in its own frame, and says so; others wait for Run. No page is left.',
        tests: [controls, 'tests/site/runs.spec.ts'],
      },
      {
        number: '3.2.3',
        name: 'Consistent Navigation',
        level: 'AA',
        how: 'Header and footer are the same on every page.',
        looked: 'They are made in one place, src/layouts/Base.astro.',
      },
      {
        number: '3.2.4',
        name: 'Consistent Identification',
        level: 'AA',
        how: 'The frame of every experiment is the same, with the same names.',
        tests: [experiments],
        looked: 'It is made in one place, components/experiment/Frame.svelte.',
      },
      {
        number: '3.2.6',
        name: 'Consistent Help',
        level: 'A',
        how: 'This page is linked at the same place in every footer; each control has its help at the same place beside it.',
        tests: [axe],
      },
      {
        number: '3.3.1',
        name: 'Error Identification',
        level: 'A',
        how: 'A value that is refused is named, in words, where it was typed; so is what of a link could not be used.',
        tests: [controls, states],
      },
      {
        number: '3.3.2',
        name: 'Labels or Instructions',
        level: 'A',
        how: 'Each field has a label, its unit and its help, and what works by arrow keys says so.',
        tests: [axe, controls],
      },
      {
        number: '3.3.3',
        name: 'Error Suggestion',
        level: 'AA',
        how: 'What is allowed is said with what is refused.',
        tests: [controls],
      },
      {
        number: '3.3.4',
        name: 'Error Prevention (Legal, Financial, Data)',
        level: 'AA',
        how: 'Nothing is signed, paid or sent. What is kept on the device can be saved as a file before it is erased.',
        tests: ['tests/site/progress.spec.ts'],
      },
      { number: '3.3.7', name: 'Redundant Entry', level: 'A', how: none('nothing is asked for twice') },
      { number: '3.3.8', name: 'Accessible Authentication (Minimum)', level: 'AA', how: none('no account') },
    ],
  },
  {
    about: 'Robust',
    criteria: [
      {
        number: '4.1.2',
        name: 'Name, Role, Value',
        level: 'A',
        how: 'Controls are the browser’s own; sliders say their value with its unit. Grids of numbers, rows of items and maps say their roles, and where one is in them.',
        tests: [axe, states, controls],
      },
      {
        number: '4.1.3',
        name: 'Status Messages',
        level: 'AA',
        how: 'When a run is done, stopped or failed its sentence is said, once, and only when a moving control has come to rest. The focus stays where it is.',
        tests: ['tests/site/runs.spec.ts', states],
      },
    ],
  },
];

/** What was not tested, and what is known to be less than it could be. */
export const limits: readonly string[] = [
  'No test was made with a screen reader, by speech input or with a braille display, and none with readers who use them. What such programs are told, names, roles, values and messages, is tested.',
  'Nobody from outside has audited the site.',
  'All tests named here run in Chromium. A system’s own colours and reduced motion are emulated there.',
  'Words inside pictures grow with the browser’s zoom, not with its font size alone.',
  'How formulas are read aloud is up to the browser and the screen reader: the site hands them MathML.',
];
