/** Marks, in the contents list, the section whose heading the reader last passed. */
export function followReader(): void {
  const links = [...document.querySelectorAll<HTMLAnchorElement>('[data-contents] a')];
  const headings = links.flatMap((link) => document.getElementById(decodeURIComponent(link.hash.slice(1))) ?? []);
  if (headings.length === 0) return;

  const mark = () => {
    const passed = headings.filter((heading) => heading.getBoundingClientRect().top < innerHeight / 3);
    const here = passed.at(-1)?.id;
    for (const link of links) {
      if (decodeURIComponent(link.hash.slice(1)) === here) link.setAttribute('aria-current', 'true');
      else link.removeAttribute('aria-current');
    }
  };
  new IntersectionObserver(mark, { rootMargin: '0px 0px -67% 0px', threshold: [0, 1] }).observe(headings[0]!);
  for (const heading of headings) {
    new IntersectionObserver(mark, { rootMargin: '0px 0px -67% 0px' }).observe(heading);
  }
  mark();
}
