import type { Case } from './case.ts';

export const roleCases: readonly Case[] = [
  {
    check: 'role-bypasses',
    finds: 'an application role with BYPASSRLS',
    breaks: 'ALTER ROLE lotline_app BYPASSRLS',
    object: 'lotline_app',
  },
  {
    check: 'role-bypasses',
    finds: 'an owner that is a superuser',
    breaks: 'ALTER ROLE lotline_owner SUPERUSER',
    object: 'lotline_owner',
  },
  {
    check: 'role-bypasses',
    finds: 'a reader of the replication log',
    breaks: 'ALTER ROLE lotline_ingest REPLICATION',
    object: 'lotline_ingest',
  },
  {
    check: 'role-missing',
    finds: 'a role that is gone',
    breaks: 'ALTER ROLE lotline_ingest RENAME TO lotline_ingest_of_old',
    object: 'lotline_ingest',
    mend: 'ALTER ROLE lotline_ingest_of_old RENAME TO lotline_ingest',
  },
  {
    check: 'role-can-become-stronger',
    finds: 'an application role that may become the platform',
    breaks: 'GRANT lotline_platform TO lotline_app',
    object: 'lotline_app lotline_platform',
  },
  {
    check: 'role-can-become-stronger',
    finds: 'BYPASSRLS over two steps',
    breaks: `CREATE ROLE check_strong BYPASSRLS; CREATE ROLE check_middle;
      GRANT check_strong TO check_middle; GRANT check_middle TO lotline_ingest`,
    object: 'lotline_ingest check_strong',
  },
  {
    check: 'role-can-become-stronger',
    finds: 'a right over the whole server',
    breaks: 'GRANT pg_read_all_data TO lotline_app',
    object: 'lotline_app pg_read_all_data',
  },
  {
    check: 'role-can-become-stronger',
    finds: 'an owner that may pass every policy by',
    breaks: 'CREATE ROLE check_strong BYPASSRLS; GRANT check_strong TO lotline_owner',
    object: 'lotline_owner check_strong',
  },
  {
    check: 'owner-inherits',
    finds: 'an owner that inherits the platform',
    breaks: (version) =>
      version >= 16
        ? 'GRANT lotline_platform TO lotline_owner WITH INHERIT TRUE'
        : 'ALTER ROLE lotline_owner INHERIT; REVOKE lotline_public_reader FROM lotline_owner',
    object: 'lotline_owner lotline_platform',
  },
  {
    check: 'application-role-owns',
    finds: 'a table of the application’s own',
    breaks: 'ALTER TABLE public.leads OWNER TO lotline_app',
    object: 'lotline_app public.leads',
  },
  {
    check: 'application-role-owns',
    finds: 'a table of the platform’s own',
    breaks: 'ALTER TABLE public.leads OWNER TO lotline_platform',
    object: 'lotline_platform public.leads',
  },
  {
    check: 'role-setting',
    finds: 'a context kept for every session',
    breaks: "ALTER ROLE lotline_app SET app.context = 'x'",
    object: 'lotline_app app.context',
  },
  {
    check: 'privilege-outside-policies',
    finds: 'TRUNCATE',
    breaks: 'GRANT TRUNCATE ON public.leads TO lotline_app',
    object: 'leads lotline_app',
  },
  {
    check: 'privilege-outside-policies',
    finds: 'REFERENCES on one column',
    breaks: 'GRANT REFERENCES (id) ON public.leads TO lotline_app',
    object: 'leads lotline_app',
  },
  {
    check: 'privilege-outside-policies',
    finds: 'a privilege that may be passed on',
    breaks: 'GRANT SELECT ON public.leads TO lotline_app WITH GRANT OPTION',
    object: 'leads lotline_app',
  },
  {
    check: 'create-privilege',
    finds: 'a schema in which the application may create',
    breaks: 'GRANT CREATE ON SCHEMA app TO lotline_app',
    object: 'schema app lotline_app',
  },
  {
    check: 'create-privilege',
    finds: 'a schema in which everybody may create',
    breaks: 'GRANT CREATE ON SCHEMA public TO PUBLIC',
    object: 'schema public public',
  },
  {
    check: 'grant-beyond-declaration',
    finds: 'an operation that the schema denies',
    breaks: 'GRANT DELETE ON public.users TO lotline_app',
    object: 'users lotline_app',
  },
  {
    check: 'grant-beyond-declaration',
    finds: 'a column that the schema denies',
    breaks: 'GRANT UPDATE (email) ON public.users TO lotline_app',
    object: 'users lotline_app',
  },
  {
    check: 'grant-beyond-declaration',
    finds: 'all columns where the schema gives some',
    breaks: 'GRANT UPDATE ON public.users TO lotline_app',
    object: 'users lotline_app',
  },
  {
    check: 'grant-beyond-declaration',
    finds: 'a table that everybody may read',
    breaks: 'GRANT SELECT ON public.leads TO PUBLIC',
    object: 'leads public',
  },
  {
    check: 'sequence-granted',
    finds: 'a sequence that tenants share',
    breaks: 'CREATE SEQUENCE public.lead_numbers; GRANT USAGE ON SEQUENCE public.lead_numbers TO lotline_app',
    object: 'lead_numbers lotline_app',
  },
  {
    check: 'default-privileges',
    finds: 'tables that are born open',
    breaks:
      'ALTER DEFAULT PRIVILEGES FOR ROLE lotline_owner IN SCHEMA public GRANT SELECT ON TABLES TO lotline_app',
    object: 'tables in public lotline_app',
  },
  {
    check: 'default-privileges',
    finds: 'functions that are born open',
    breaks: 'ALTER DEFAULT PRIVILEGES FOR ROLE lotline_owner GRANT EXECUTE ON FUNCTIONS TO PUBLIC',
    object: 'functions public',
  },
];
