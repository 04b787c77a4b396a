/** A page of another site, by what browsers say of it. Programs say nothing. */
export function isForeign(headers: Headers, trusted: ReadonlySet<string>): boolean {
  const origin = headers.get('origin');
  const site = headers.get('sec-fetch-site');
  // A page of ours that hides its address says "null"; of another site's pages browsers say so here.
  if (origin === 'null') return site !== 'same-origin';
  if (origin !== null) return !trusted.has(origin);
  const referer = headers.get('referer');
  if (referer && !(URL.canParse(referer) && trusted.has(new URL(referer).origin))) return true;
  return site === 'cross-site' || site === 'same-site';
}
