/** Where the reader's choice is kept. src/site/theme.inline.js, which applies it before the first paint, names it too. */
const KEY = 'unrolled.theme';

const themes = ['system', 'light', 'dark'] as const;
type Theme = (typeof themes)[number];

function isTheme(name: unknown): name is Theme {
  return themes.some((theme) => theme === name);
}

function present(): Theme {
  const set = document.documentElement.dataset['theme'];
  return isTheme(set) ? set : 'system';
}

function choose(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = theme;
  try {
    if (theme === 'system') localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, theme);
  } catch {
    // Storage is blocked: the choice holds for this page.
  }
}

/** Makes the button go round system, light and dark. */
export function wireThemeSwitch(): void {
  const button = document.querySelector<HTMLButtonElement>('[data-theme-switch]');
  if (!button) return;
  const label = () => (button.textContent = `Theme: ${present()}`);
  button.addEventListener('click', () => {
    choose(themes[(themes.indexOf(present()) + 1) % themes.length]!);
    label();
  });
  label();
}
