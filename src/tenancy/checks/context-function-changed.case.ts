import type { Case } from './testing/case.ts';

export const cases: readonly Case[] = [
  {
    finds: 'a reader that verifies nothing',
    breaks: `CREATE OR REPLACE FUNCTION app.current_organization_id() RETURNS uuid LANGUAGE plpgsql STABLE PARALLEL SAFE SECURITY DEFINER
      SET search_path = pg_catalog, pg_temp AS $$ BEGIN RETURN nullif(current_setting('app.tenant', true), ''); END $$`,
    object: 'app.current_organization_id',
  },
  {
    finds: 'a context that may change within a transaction',
    breaks: `CREATE OR REPLACE FUNCTION app.set_context(token text) RETURNS void LANGUAGE plpgsql
      SET search_path = pg_catalog, pg_temp AS $$ BEGIN EXECUTE format('SET LOCAL app.context = %L', token); END $$`,
    object: 'app.set_context',
  },
  {
    finds: 'a reader of the platform',
    breaks: 'ALTER FUNCTION app.is_org_admin() OWNER TO lotline_platform',
    object: 'app.is_org_admin',
  },
  {
    finds: 'a reader with the rights of its caller',
    breaks: 'ALTER FUNCTION app.current_user_id() SECURITY INVOKER',
    object: 'app.current_user_id',
  },
];
