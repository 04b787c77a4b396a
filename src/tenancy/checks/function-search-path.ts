import { isOurs } from './facts/names.ts';
import type { Check } from './runner/check.ts';

export const check: Check = {
  name: 'function-search-path',
  title: 'A function takes names from its caller',
  why: 'Without a search_path of its own a function means different tables for different callers, and breaks under an empty path.',
  mend: 'Write names with their schema and pin the path.',
  also: ['splinter 0011', 'safegres C3'],
  level: 'warning',
  async run({ facts }) {
    return (await facts.functions())
      .filter((f) => isOurs(f.label) && !f.definer && f.searchPath === null)
      .map(({ name, signature }) => ({
        object: name,
        detail: `${name} has no search_path of its own.`,
        remedy: `write names with their schema and pin it: \`ALTER FUNCTION ${signature} SET search_path = '';\``,
      }));
  },
};
