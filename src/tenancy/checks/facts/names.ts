import { quoteIdent } from '../../../database/quote.ts';

/** The name of a relation as the catalogue comparison prints it: without `public`. */
export const LABEL = "CASE WHEN n.nspname = 'public' THEN c.relname ELSE n.nspname || '.' || c.relname END";

/** Schemas that are not the server's own. */
export const OWN_SCHEMA = "n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg\\_%'";

/** What an extension brought is the extension's. */
export const notOfExtension = (catalogue: string, oid: string) =>
  `NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = '${catalogue}'::regclass AND e.objid = ${oid} AND e.deptype = 'e')`;

/** Whether a relation or type stands in the schemas that migrations make: `public` or `app`. */
export function isOurs(label: string): boolean {
  return !label.includes('.') || label.startsWith('app.');
}

/** Prisma's own history, which no model declares. */
export const HISTORY = '_prisma_migrations';

/** Keys of the signed context, which the compiler brings and no model declares. */
export const CONTEXT_KEYS = 'app.context_keys';

/** What happened to tenants: the record of their provisioning, export, import and erasure, which the compiler brings. */
export const TENANT_EVENTS = 'app.tenant_events';

/** The name of the channel on which changes are told, which the compiler brings. */
export const CHANGE_CHANNEL = 'app.change_channel';

/** A label as SQL, with its schema. */
export function sqlName(label: string): string {
  const [first = '', ...rest] = label.split('.');
  return rest.length === 0
    ? `public.${quoteIdent(first)}`
    : `${quoteIdent(first)}.${quoteIdent(rest.join('.'))}`;
}

/** "a", "a and b", "a, b and c". */
export function wordList(items: readonly string[]): string {
  return items.length < 2 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}
