import { type Case, DROP, ORG, select } from './testing/case.ts';

export const cases: readonly Case[] = [
  {
    finds: 'a tenant that may read all',
    breaks: select(
      `${ORG} OR (SELECT app.current_organization_id()) = '0192f0c1-0000-7000-8000-000000000001'`,
    ),
    object: 'leads.extra USING',
    mend: DROP,
  },
];

export const nearMisses: readonly string[] = [select(`${ORG} AND status = 'NEW_LEAD'`)];
