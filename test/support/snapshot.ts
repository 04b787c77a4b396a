import type { ClientBase } from 'pg';
import { readCatalogue } from '../../src/database/catalogue.ts';

/** System tables whose rows make up a schema; statistics and transaction ids of tables are left out. */
const OBJECTS = {
  pg_namespace: 'oid, nspname, nspacl::text',
  pg_class: 'oid, relname, relkind, relacl::text, relrowsecurity, relforcerowsecurity, relnatts, relhasindex',
  pg_attribute: 'attrelid, attname, atttypid, attnotnull, attisdropped, attacl::text',
  pg_type: 'oid, typname',
  pg_proc: 'oid, proname, prosrc, proowner, proacl::text',
  pg_constraint: 'oid, conname, conrelid, convalidated',
  pg_policy: 'oid, polname, polrelid',
  pg_trigger: 'oid, tgname, tgrelid',
  pg_enum: 'oid, enumlabel',
  pg_index: 'indexrelid, indisvalid',
  pg_attrdef: 'oid, adrelid',
  pg_depend: 'classid, objid, refclassid, refobjid',
  pg_default_acl: 'oid, defaclacl::text',
  pg_auth_members: 'roleid, member',
} as const;

/** Everything of a schema as one text: what the server prints of it, and the rows of its system tables, ids included. */
export async function snapshot(client: ClientBase): Promise<string> {
  const lines = [...(await readCatalogue(client))].map(([key, definition]) => `${key} = ${definition}`);
  for (const [table, columns] of Object.entries(OBJECTS)) {
    const { rows } = await client.query({
      text: `SELECT concat_ws('|', ${columns}) AS row FROM ${table} ORDER BY 1`,
      rowMode: 'array',
    });
    lines.push(`${table}: ${rows.length}`, ...rows.map((r) => String(r[0])));
  }
  return lines.join('\n');
}
