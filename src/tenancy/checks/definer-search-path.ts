import type { Check } from './runner/check.ts';

export const check: Check = {
  name: 'definer-search-path',
  title: 'A definer function takes names from its caller',
  why: 'With the caller’s search_path a SECURITY DEFINER function may call what the caller put in the way, with the rights of its owner.',
  mend: "Write names with their schema and empty the path: `SET search_path = ''`.",
  also: ['splinter 0011', 'pgrls SEC015', 'safegres CF1'],
  level: 'error',
  async run({ facts }) {
    return (await facts.functions())
      .filter((f) => f.definer && !isPinned(f.searchPath))
      .map(({ name, signature, searchPath }) => ({
        object: name,
        detail: `${name} is SECURITY DEFINER ${searchPath === null ? 'without a search_path of its own' : `with search_path = ${searchPath}`}.`,
        remedy: `write names with their schema and empty the path: \`ALTER FUNCTION ${signature} SET search_path = '';\``,
      }));
  },
};

/** Empty, or with the temporary schema at its end, where nothing of the caller's comes first. */
function isPinned(path: string | null): boolean {
  return path !== null && (path === '' || path === '""' || /(^|,)\s*pg_temp\s*$/.test(path));
}
