import type { Case } from './testing/case.ts';

export const cases: readonly Case[] = [
  {
    finds: 'an invoker’s view over a definer function',
    breaks:
      'CREATE VIEW public.my_offices WITH (security_invoker = true) AS SELECT * FROM app.my_organizations()',
    object: 'my_offices app.my_organizations',
    mend: 'DROP VIEW public.my_offices',
  },
];
