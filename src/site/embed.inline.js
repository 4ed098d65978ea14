(() => {
  /* In an embedded experiment's address, parameters stand without its name: what reads them wants it before them. */
  const { embed } = document.documentElement.dataset;
  const query = new URLSearchParams(location.search);
  const named = [...query].map(([key, value]) => [
    key.includes('.') || ['theme', 'hide', 'engine'].includes(key) ? key : `${embed}.${key}`,
    value,
  ]);
  const search = String(new URLSearchParams(named));
  if (search) history.replaceState(null, '', `?${search}${location.hash}`);
  const theme = query.get('theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
})();
