import type { Case } from './testing/case.ts';

export const cases: readonly Case[] = [
  {
    finds: 'a definer function of the application',
    breaks: 'ALTER FUNCTION app.my_organizations() OWNER TO lotline_app',
    object: 'app.my_organizations',
  },
];
