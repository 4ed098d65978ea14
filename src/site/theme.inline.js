(() => {
  let chosen;
  try {
    chosen = localStorage.getItem('unrolled.theme');
  } catch {
    /* Storage is blocked: the system's theme it is. */
  }
  if (chosen === 'light' || chosen === 'dark') document.documentElement.dataset.theme = chosen;
})();
