/** An element of MDX, or anything else in its tree, as far as it is looked at here. */
interface Node {
  type: string;
  name?: string | null;
  attributes?: { type: string; name?: string; value?: unknown }[];
  children?: Node[];
}

interface ChapterFile {
  fail(reason: string, place?: unknown): never;
}

/** Counted one by one in the order of the text; each can be referred to by its id. */
const NUMBERED = ['Figure', 'Exercise'];

/**
 * A remark plugin that gives the parts of a chapter what they can only know from the whole of it: figures and exercises
 * their numbers, a `FigureRef` the number of its figure, and `References` the keys of all that is cited.
 */
export function chapterParts() {
  return (tree: Node, file: ChapterFile): void => {
    const elements = [...elementsIn(tree)];
    const figures = new Map<string, number>();
    for (const name of NUMBERED) {
      elements
        .filter((element) => element.name === name)
        .forEach((element, i) => {
          set(element, 'number', String(i + 1));
          if (name !== 'Figure') return;
          const id = textOf(element, 'id');
          if (!id || figures.has(id))
            file.fail(`Figure ${i + 1} needs an id of its own, as in <Figure id="chain">.`, element);
          figures.set(id, i + 1);
        });
    }
    for (const element of elements.filter(({ name }) => name === 'FigureRef')) {
      const number = figures.get(textOf(element, 'to') ?? '');
      if (!number) file.fail(`No figure of this chapter has the id “${textOf(element, 'to')}”.`, element);
      set(element, 'number', String(number));
    }
    giveReferencesTheirKeys(elements, file);
  };
}

function giveReferencesTheirKeys(elements: Node[], file: ChapterFile): void {
  const cited = elements.filter(({ name }) => name === 'Cite');
  const keys = [...new Set(cited.flatMap((element) => keysIn(textOf(element, 'of'))))];
  const lists = elements.filter(({ name }) => name === 'References');
  if (cited.length > 0 && lists.length !== 1) {
    file.fail(`A chapter that cites needs <References /> once; this one has it ${lists.length} times.`);
  }
  for (const list of lists) set(list, 'of', [textOf(list, 'of'), ...keys].filter(Boolean).join(' '));
}

/** The keys in `of="bengio-1994 werbos-1990"`. */
export function keysIn(of: string | undefined): string[] {
  return of?.split(/\s+/).filter(Boolean) ?? [];
}

function* elementsIn(node: Node): Generator<Node> {
  if (node.name && node.type.startsWith('mdxJsx')) yield node;
  for (const child of node.children ?? []) yield* elementsIn(child);
}

function textOf(element: Node, attribute: string): string | undefined {
  const value = element.attributes?.find(({ name }) => name === attribute)?.value;
  return typeof value === 'string' ? value : undefined;
}

function set(element: Node, name: string, value: string): void {
  element.attributes = element.attributes?.filter((attribute) => attribute.name !== name) ?? [];
  element.attributes.push({ type: 'mdxJsxAttribute', name, value });
}
