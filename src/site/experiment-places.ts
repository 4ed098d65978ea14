import type { AstroComponentFactory } from 'astro/runtime/server/index.js';

import { slugs, type Slug } from '#src/experiments/index.ts';

import { chaptersInOrder, type Chapter } from './chapters.ts';

/** An experiment's place on a page: components/experiments/<Name>.astro. */
type ExperimentComponent = AstroComponentFactory & (() => unknown);

const components = import.meta.glob<ExperimentComponent>('/components/experiments/*.astro', {
  eager: true,
  import: 'default',
});

/** The name of an experiment's component: `VanishingGradient` of vanishing-gradient. */
export const componentName = (slug: string): string =>
  slug.replaceAll(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());

/** What draws an experiment, frame and all. @throws Error where there is none */
export function experimentComponent(slug: Slug): ExperimentComponent {
  const component = components[`/components/experiments/${componentName(slug)}.astro`];
  if (!component) throw new Error(`The experiment ${slug} has no components/experiments/${componentName(slug)}.astro.`);
  return component;
}

/** The paths of pages of which each experiment has one, `[slug]`, with the chapter that it is in. */
export async function pathPerExperiment() {
  const chapters = await experimentsByChapter();
  return slugs.map((slug) => {
    const chapter = chapters.find((chapter) => chapter.slugs.includes(slug))?.chapter;
    return { params: { slug }, props: { slug, chapter } };
  });
}

/** The chapters with the experiments in them, in the order of the text. */
export async function experimentsByChapter(): Promise<{ chapter: Chapter; slugs: Slug[] }[]> {
  const chapters = await chaptersInOrder();
  return chapters.map((chapter) => {
    const places = slugs.map((slug) => ({ slug, at: chapter.body?.indexOf(`\n<${componentName(slug)} `) ?? -1 }));
    const here = places.filter(({ at }) => at !== -1).sort((a, b) => a.at - b.at);
    return { chapter, slugs: here.map(({ slug }) => slug) };
  });
}
