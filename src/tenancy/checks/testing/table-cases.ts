import type { Case } from './case.ts';

export const tableCases: readonly Case[] = [
  {
    check: 'row-security-disabled',
    finds: 'a table whose row security was switched off',
    breaks: 'ALTER TABLE public.leads DISABLE ROW LEVEL SECURITY',
    object: 'leads',
  },
  {
    check: 'row-security-not-forced',
    finds: 'a table whose owner is not bound',
    breaks: 'ALTER TABLE public.leads NO FORCE ROW LEVEL SECURITY',
    object: 'leads',
  },
  {
    check: 'row-security-not-forced',
    finds: 'the context keys without FORCE',
    breaks: 'ALTER TABLE app.context_keys NO FORCE ROW LEVEL SECURITY',
    object: 'app.context_keys',
  },
  {
    check: 'partition-without-row-security',
    finds: 'a table that inherits without protection of its own',
    breaks: 'CREATE TABLE public.leads_2026 () INHERITS (public.leads)',
    object: 'leads_2026',
  },
  {
    check: 'table-without-policy',
    finds: 'a table that lost its policies',
    breaks: `DO $$ DECLARE p name; BEGIN
      FOR p IN SELECT polname FROM pg_policy WHERE polrelid = 'public.leads'::regclass AND polpermissive LOOP
        EXECUTE format('DROP POLICY %I ON public.leads', p); END LOOP; END $$`,
    object: 'leads',
    mend: 'CREATE POLICY leads_platform ON public.leads TO lotline_platform USING (true) WITH CHECK (true)',
  },
  {
    check: 'tenant-column-missing',
    finds: 'a table of tenants whose tenant column was dropped',
    breaks: 'ALTER TABLE public.leads DROP COLUMN organization_id CASCADE',
    object: 'leads',
    mend: 'ALTER TABLE public.leads ADD COLUMN organization_id uuid',
  },
  {
    check: 'tenant-column-nullable',
    finds: 'a tenant column that accepts null',
    breaks: 'ALTER TABLE public.marketplace_tools ALTER COLUMN organization_id DROP NOT NULL',
    object: 'marketplace_tools.organization_id',
  },
  {
    check: 'unclassified-table',
    finds: 'a table that no model declares',
    breaks: 'CREATE TABLE public.notes_to_self (id int)',
    object: 'notes_to_self',
  },
  {
    check: 'unclassified-table',
    finds: 'a table of another schema that the application can reach',
    breaks:
      'CREATE SCHEMA elsewhere; CREATE TABLE elsewhere.notes (id int); GRANT SELECT ON elsewhere.notes TO lotline_app',
    object: 'elsewhere.notes',
  },
  {
    check: 'declared-table-missing',
    finds: 'a declared table that was dropped',
    breaks: 'DROP TABLE public.leads CASCADE',
    object: 'leads',
    mend: 'CREATE TABLE public.leads (id uuid)',
  },
  {
    check: 'declared-table-missing',
    finds: 'an empty database',
    breaks: 'ALTER SCHEMA public RENAME TO public_of_old; CREATE SCHEMA public',
    object: 'database',
    mend: 'DROP SCHEMA public; ALTER SCHEMA public_of_old RENAME TO public',
  },
  {
    check: 'history-table-granted',
    finds: 'a migration history that the application may write',
    breaks: 'GRANT INSERT ON public._prisma_migrations TO lotline_app',
    object: '_prisma_migrations lotline_app',
  },
  {
    check: 'foreign-table',
    finds: 'a foreign table in public',
    breaks: `CREATE FOREIGN DATA WRAPPER nowhere; CREATE SERVER nowhere FOREIGN DATA WRAPPER nowhere;
      CREATE FOREIGN TABLE public.remote_leads (id int) SERVER nowhere`,
    object: 'remote_leads',
  },
  {
    check: 'materialized-view',
    finds: 'a materialized view in public',
    breaks: 'CREATE MATERIALIZED VIEW public.lead_counts AS SELECT count(*) FROM public.leads',
    object: 'lead_counts',
  },
  {
    check: 'rewrite-rule',
    finds: 'a rule on a table',
    breaks: 'CREATE RULE copy_leads AS ON DELETE TO public.leads DO ALSO NOTHING',
    object: 'leads.copy_leads',
  },
  {
    check: 'trigger-disabled',
    finds: 'a trigger that was switched off',
    breaks: 'ALTER TABLE public.organization_members DISABLE TRIGGER keep_an_owner',
    object: 'organization_members.keep_an_owner',
  },
  {
    check: 'trigger-disabled',
    finds: 'foreign keys that were switched off',
    breaks: 'ALTER TABLE public.leads DISABLE TRIGGER ALL',
    object: 'leads foreign keys',
  },
  {
    check: 'table-owner',
    finds: 'a table that belongs to the platform',
    breaks: 'ALTER TABLE public.leads OWNER TO lotline_platform',
    object: 'leads',
  },
  {
    check: 'unused-enum',
    finds: 'an enum without a column',
    breaks: "CREATE TYPE public.mood AS ENUM ('GOOD', 'BAD')",
    object: 'mood',
  },
  {
    check: 'context-keys-readable',
    finds: 'a column of the context keys that the application may read',
    breaks: 'GRANT SELECT (inner_pad) ON app.context_keys TO lotline_app',
    object: 'app.context_keys lotline_app',
  },
  {
    check: 'context-keys-readable',
    finds: 'context keys that belong to the platform',
    breaks:
      'ALTER TABLE app.context_keys OWNER TO lotline_platform; REVOKE ALL ON app.context_keys FROM lotline_owner',
    object: 'app.context_keys',
  },
  {
    check: 'context-key-missing',
    finds: 'context keys that have all expired',
    breaks: "UPDATE app.context_keys SET expires_at = now() - interval '1 second'",
    object: 'app.context_keys',
    mend: 'UPDATE app.context_keys SET expires_at = NULL',
  },
  {
    check: 'context-key-missing',
    finds: 'a database without context keys',
    breaks: 'DROP TABLE app.context_keys CASCADE',
    object: 'app.context_keys',
    mend: 'CREATE TABLE app.context_keys (expires_at timestamptz); ALTER TABLE app.context_keys OWNER TO lotline_owner; INSERT INTO app.context_keys VALUES (NULL)',
  },
];
