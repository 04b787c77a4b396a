import { type Case, DROP, select } from './testing/case.ts';

export const cases: readonly Case[] = [
  {
    finds: 'a comparison of the login role',
    breaks: select('name = current_user::text'),
    object: 'leads.extra USING',
    mend: DROP,
  },
  {
    finds: 'a membership of the login role',
    breaks: select("pg_has_role('lotline_app', 'MEMBER')"),
    object: 'leads.extra USING',
    mend: DROP,
  },
];
