import type { Check } from './runner/check.ts';

export const check: Check = {
  name: 'definer-executable-by-public',
  title: 'Everybody may run a definer function',
  why: 'A SECURITY DEFINER function reads past the policies of its caller, so it is for the roles it was made for and no other.',
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
