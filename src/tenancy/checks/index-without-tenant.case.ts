import type { Case } from './testing/case.ts';

export const cases: readonly Case[] = [
  {
    finds: 'an index across tenants',
    breaks: 'CREATE INDEX leads_name_idx ON public.leads (name)',
    object: 'leads_name_idx',
    mend: 'DROP INDEX public.leads_name_idx',
  },
  {
    finds: 'an index that took the name of one with a purpose',
    breaks: `DROP INDEX public.organization_members_user_id_idx;
      CREATE INDEX organization_members_user_id_idx ON public.organization_members (role)`,
    object: 'organization_members_user_id_idx',
    mend: 'DROP INDEX public.organization_members_user_id_idx',
  },
];
