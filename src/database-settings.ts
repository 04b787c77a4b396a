/** Where a URL leads, without user, password and options: `host:port/database`. */
export function addressOf(url: string): string {
  const { hostname, port, pathname, searchParams } = new URL(url);
  return `${searchParams.get('host') ?? hostname}:${port || 5432}${pathname}`;
}

/** What is wrong with a connection string, never with its password; undefined when nothing is. */
export function faultOfUrl(value: string): string | undefined {
  const shape = 'postgresql://user:password@host:5432/database';
  const protocol = /^([a-z][a-z0-9+.-]*):/i.exec(value)?.[1]?.toLowerCase();
  if (protocol !== 'postgresql' && protocol !== 'postgres') {
    // The scheme is shown only before `://`: otherwise it may be part of a password.
    const seen = /^[a-z][a-z0-9+.-]*:\/\//i.test(value)
      ? `is for "${protocol}", not PostgreSQL`
      : 'is no URL';
    return `${seen}. Write ${shape}`;
  }
  let url: URL;
  try {
    url = new URL(value);
    decodeURIComponent(url.username + url.password + url.pathname);
  } catch {
    return `cannot be read as a URL. Write ${shape}, with @ : / # ? % in the password percent-encoded (@ is %40, # is %23)`;
  }
  if (!url.hostname) return `names no host. Write ${shape}`;
  if (!url.username) return `names no user. Write ${shape}`;
  if (url.pathname.length < 2) return `names no database. Write ${shape}`;
  if (url.hash) return 'contains "#". Percent-encode it in the password as %23';
  return undefined;
}
