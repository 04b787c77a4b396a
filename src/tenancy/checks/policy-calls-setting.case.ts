import { type Case, DROP, select } from './testing/case.ts';

const PLAIN = `CREATE FUNCTION app.plain_tenant() RETURNS uuid LANGUAGE sql STABLE SET search_path = ''
      AS $$ SELECT nullif(current_setting('app.tenant', true), '')::uuid $$;`;

export const cases: readonly Case[] = [
  {
    finds: 'a tenant that anybody can set',
    breaks: `${PLAIN} ${select('organization_id = (SELECT app.plain_tenant())')}`,
    object: 'leads.extra USING',
    mend: DROP,
  },
  {
    finds: 'the same one function further',
    breaks: `${PLAIN} CREATE FUNCTION app.my_tenant() RETURNS uuid LANGUAGE sql STABLE SET search_path = '' AS $$ SELECT app.plain_tenant() $$;
      ${select('organization_id = (SELECT app.my_tenant())')}`,
    object: 'leads.extra USING',
    mend: DROP,
  },
];
