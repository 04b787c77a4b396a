import { type Case, DROP, ORG, select } from './testing/case.ts';

export const cases: readonly Case[] = [
  {
    finds: 'an id that is read as text',
    breaks: select(`${ORG} AND id::text = (SELECT app.current_org_role())`),
    object: 'leads.extra id',
    mend: DROP,
  },
  {
    finds: 'a function round a column',
    breaks: select(`${ORG} AND md5(id::text) = (SELECT app.current_org_role())`),
    object: 'leads.extra id',
    mend: DROP,
  },
];

export const nearMisses: readonly string[] = [
  select(`${ORG} AND name = (SELECT app.current_org_role())::text`),
  select(`${ORG} AND lower(name) = 'open'`),
];
