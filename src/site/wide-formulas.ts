/** Lets the Tab key reach the formulas that are wider than the text, so that the arrow keys scroll them. */
export function wireWideFormulas(): void {
  const observer = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      if (target.scrollWidth > target.clientWidth) target.setAttribute('tabindex', '0');
      else target.removeAttribute('tabindex');
    }
  });
  for (const formula of document.querySelectorAll('math[display="block"]')) observer.observe(formula);
}
