import type { APIRoute } from 'astro';

import { chaptersInOrder, type Chapter } from '#src/site/chapters.ts';
import { recordedRun } from '#src/site/recorded.ts';
import { sharePicture, toPng } from '#src/site/share-picture.ts';

export async function getStaticPaths() {
  return (await chaptersInOrder()).map((chapter) => ({ params: { chapter: chapter.id }, props: { chapter } }));
}

export const GET: APIRoute<{ chapter: Chapter }> = async ({ props: { chapter } }) => {
  const { number, title, picture } = chapter.data;
  const { table } = await recordedRun(picture.of);
  return new Response(await toPng(sharePicture(`Unrolled · Chapter ${number}`, title, { ...picture, table })), {
    headers: { 'Content-Type': 'image/png' },
  });
};
