import type { Check } from './runner/check.ts';

export const check: Check = {
  name: 'definer-executable-by-public',
  title: 'Everybody may run a definer function',
  why: 'A SECURITY DEFINER function reads past the policies of its caller, so it is for the roles it was made for and no other.',
  mend: '`REVOKE EXECUTE … FROM PUBLIC`, then grant it to the roles it is for.',
  also: ['splinter 0028', 'splinter 0029', 'pgrls SEC014', 'pgrls SEC042', 'safegres CF2'],
  level: 'error',
  async run({ facts }) {
    return (await facts.functions())
      .filter((f) => f.definer && f.callers.includes('public'))
      .map(({ name, signature, owner }) => ({
        object: name,
        detail: `PUBLIC may execute ${name}, which runs with the rights of ${owner}.`,
        remedy: `close it: \`REVOKE EXECUTE ON FUNCTION ${signature} FROM PUBLIC;\``,
      }));
  },
};
