// Before the first paint, so that a page in the dark does not flash white.
{
  const chosen = localStorage.getItem('lotline.theme');
  const dark = chosen ? chosen === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
  document.documentElement.classList.toggle('dark', dark);
}
