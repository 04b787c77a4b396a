import { isOurs } from './facts/names.ts';
import type { Check } from './runner/check.ts';

export const check: Check = {
  name: 'function-executable-by-public',
  title: 'Everybody may run a function',
  why: 'PostgreSQL gives EXECUTE to PUBLIC unless told otherwise. A function made SECURITY DEFINER later would be open to all at once.',
  mend: '`REVOKE EXECUTE … FROM PUBLIC`.',
  also: ['safegres L19'],
  level: 'warning',
  async run({ facts }) {
    return (await facts.functions())
      .filter((f) => isOurs(f.label) && !f.definer && f.callers.includes('public'))
      .map(({ name, signature }) => ({
        object: name,
        detail: `PUBLIC may execute ${name}.`,
        remedy: `close it: \`REVOKE EXECUTE ON FUNCTION ${signature} FROM PUBLIC;\``,
      }));
  },
};
