import type { Case } from './testing/case.ts';

export const cases: readonly Case[] = [
  {
    finds: 'a definer function for everybody',
    breaks: 'GRANT EXECUTE ON FUNCTION app.my_organizations() TO PUBLIC',
    object: 'app.my_organizations',
  },
];
