import { type Case, DROP, ORG, select } from './testing/case.ts';

export const cases: readonly Case[] = [
  {
    finds: 'a role that is read as a pattern',
    breaks: select(`${ORG} AND name LIKE (SELECT app.current_org_role())`),
    object: 'leads.extra USING',
    mend: DROP,
  },
];

export const nearMisses: readonly string[] = [select(`${ORG} AND name LIKE 'Open %'`)];
