import { type Case, ORG, select } from './testing/case.ts';

export const cases: readonly Case[] = [
  {
    finds: 'a compared column without an index',
    breaks: select(`${ORG} AND name = (SELECT app.current_org_role())`),
    object: 'leads.name',
    mend: 'CREATE INDEX leads_name_idx ON public.leads (organization_id, name)',
  },
];
