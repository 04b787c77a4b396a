import { type Case, DROP, ORG, select } from './testing/case.ts';

export const cases: readonly Case[] = [
  {
    finds: 'a context function outside a sub-select',
    breaks: select('organization_id = app.current_organization_id()'),
    object: 'leads.extra USING',
    mend: DROP,
  },
  {
    finds: 'a context function inside the sub-select of another table',
    breaks: select(
      `${ORG} AND EXISTS (SELECT 1 FROM public.contacts c WHERE c.organization_id = app.current_organization_id())`,
    ),
    object: 'leads.extra USING',
    mend: DROP,
  },
];
