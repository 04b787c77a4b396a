const ORGANIZATION = 'lotline.organization';
const THEME = 'lotline.theme';

/** The organization this browser was last in. */
export const lastOrganization = (): string | null => localStorage.getItem(ORGANIZATION);

export function rememberOrganization(slug: string): void {
  localStorage.setItem(ORGANIZATION, slug);
}

export type Theme = 'light' | 'dark' | 'system';

export const chosenTheme = (): Theme => (localStorage.getItem(THEME) as Theme | null) ?? 'system';

/** Sets the theme of this browser; `theme.js` does the same before the first paint. */
export function chooseTheme(theme: Theme): void {
  if (theme === 'system') localStorage.removeItem(THEME);
  else localStorage.setItem(THEME, theme);
  const dark = theme === 'dark' || (theme === 'system' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.classList.toggle('dark', dark);
}
