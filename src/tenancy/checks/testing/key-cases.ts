import type { Case } from './case.ts';

export const keyCases: readonly Case[] = [
  {
    check: 'foreign-key-without-tenant',
    finds: 'a reference that leaves the tenant out',
    breaks: `CREATE UNIQUE INDEX contacts_id_key ON public.contacts (id);
      ALTER TABLE public.leads ADD CONSTRAINT leads_contact_fkey FOREIGN KEY (id) REFERENCES public.contacts (id)`,
    object: 'leads.leads_contact_fkey',
    mend: 'ALTER TABLE public.leads DROP CONSTRAINT leads_contact_fkey',
  },
  {
    check: 'foreign-key-nulls-tenant',
    finds: 'a deletion that would empty the tenant column',
    breaks: `ALTER TABLE public.leads ADD CONSTRAINT leads_contact_fkey FOREIGN KEY (organization_id, id)
      REFERENCES public.contacts (organization_id, id) ON DELETE SET NULL`,
    object: 'leads.leads_contact_fkey',
    mend: 'ALTER TABLE public.leads DROP CONSTRAINT leads_contact_fkey',
  },
  {
    check: 'foreign-key-without-index',
    finds: 'a foreign key that no index covers',
    breaks: `ALTER TABLE public.leads ADD COLUMN contact_id uuid, ADD CONSTRAINT leads_contact_fkey
      FOREIGN KEY (organization_id, contact_id) REFERENCES public.contacts (organization_id, id)`,
    object: 'leads.leads_contact_fkey',
    mend: 'CREATE INDEX leads_contact_idx ON public.leads (organization_id, contact_id)',
  },
  {
    check: 'unique-without-tenant',
    finds: 'an address that one tenant takes from all',
    breaks: 'CREATE UNIQUE INDEX leads_email_key ON public.leads (email)',
    object: 'leads_email_key',
    mend: 'DROP INDEX public.leads_email_key',
  },
  {
    check: 'index-without-tenant',
    finds: 'an index across tenants',
    breaks: 'CREATE INDEX leads_name_idx ON public.leads (name)',
    object: 'leads_name_idx',
    mend: 'DROP INDEX public.leads_name_idx',
  },
  {
    check: 'index-without-tenant',
    finds: 'an index that took the name of one with a purpose',
    breaks: `DROP INDEX public.organization_members_user_id_idx;
      CREATE INDEX organization_members_user_id_idx ON public.organization_members (role)`,
    object: 'organization_members_user_id_idx',
    mend: 'DROP INDEX public.organization_members_user_id_idx',
  },
  {
    check: 'index-not-leakproof',
    finds: 'an enum behind the tenant',
    breaks: 'CREATE INDEX leads_by_status_idx ON public.leads (organization_id, status)',
    object: 'leads_by_status_idx',
    mend: 'DROP INDEX public.leads_by_status_idx',
  },
];
