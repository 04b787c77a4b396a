import type pg from 'pg';
import type { Config } from '../config.ts';
import type { Database } from '../database/connect.ts';
import { quoteIdent } from '../database/quote.ts';
import { LotlineError } from '../errors.ts';
import { type AppliedMigration, connectTo } from '../migrations/index.ts';
import { type ExitCode, runCommand } from './command.ts';
import { apply } from './db-apply.ts';
import { type Seeded, seed, seedText } from './db-seed.ts';
import { withSession } from './session.ts';

export interface ResetOptions {
  readonly config: Config;
  readonly database: Database;
  /** Name of the database that the caller means to empty; needed for an external one. */
  readonly confirm?: string;
  readonly seed?: boolean;
  /** Told what will be dropped before it is. */
  readonly announce?: (what: string) => void;
  readonly onProgress?: (step: string) => void;
}

export interface Reset {
  readonly dropped: readonly string[];
  readonly applied: readonly AppliedMigration[];
  readonly seeded?: Seeded;
}

/**
 * Drops what stands in the schemas `public` and `app` of the one database, in one transaction, and applies all
 * migrations anew. Roles, other schemas, other databases and what extensions own stay.
 * @throws LotlineError `RESET_NOT_CONFIRMED` before anything is touched, `RESET_FAILED` with nothing dropped
 */
export async function reset(options: ResetOptions): Promise<Reset> {
  const { config, database, onProgress = () => {}, announce = () => {} } = options;
  const name = decodeURIComponent(new URL(database.urls.owner).pathname.slice(1));
  requireConfirmation(database.kind, name, options.confirm);
  const dropped = await drop(database.urls.owner, name, announce, onProgress);
  const applied = await apply({ config, database, onProgress });
  if (!options.seed) return { dropped, applied };
  return { dropped, applied, seeded: await seed(config.root, database, onProgress) };
}

function requireConfirmation(kind: Database['kind'], name: string, confirm: string | undefined): void {
  if (confirm === undefined ? kind === 'embedded' : confirm === name) return;
  throw new LotlineError(
    'RESET_NOT_CONFIRMED',
    confirm === undefined
      ? `The database "${name}" is not the embedded one; all of its data would be lost. Nothing was done.`
      : `The database is "${name}", not "${confirm}". Nothing was done.`,
    `if it is to be emptied: npm run db:reset -- --confirm ${name}`,
  );
}

interface Thing {
  /** As DROP names it: TABLE, VIEW, … */
  kind: string;
  name: string;
}

// Objects whose drop takes the rest along: columns, constraints, triggers and policies go with their table.
const THINGS = `
  SELECT CASE c.relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW' WHEN 'S' THEN 'SEQUENCE' WHEN 'f' THEN 'FOREIGN TABLE' ELSE 'TABLE' END AS kind,
         c.oid::regclass::text AS name
  FROM pg_class c
  WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'S', 'f') AND NOT c.relispartition
    AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype IN ('e', 'a', 'i'))
  UNION ALL
  SELECT CASE t.typtype WHEN 'd' THEN 'DOMAIN' ELSE 'TYPE' END, t.oid::regtype::text
  FROM pg_type t
  WHERE t.typnamespace = 'public'::regnamespace AND t.typtype IN ('e', 'd', 'r')
    AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_type'::regclass AND d.objid = t.oid AND d.deptype = 'e')
  UNION ALL
  SELECT CASE p.prokind WHEN 'a' THEN 'AGGREGATE' ELSE 'ROUTINE' END, p.oid::regprocedure::text
  FROM pg_proc p
  WHERE p.pronamespace = 'public'::regnamespace
    AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype IN ('e', 'i'))
  UNION ALL
  SELECT 'SCHEMA', 'app' WHERE to_regnamespace('app') IS NOT NULL`;

async function drop(
  ownerUrl: string,
  database: string,
  announce: (what: string) => void,
  onProgress: (step: string) => void,
): Promise<string[]> {
  const client = await connectTo(ownerUrl);
  try {
    await client.query("BEGIN; SET LOCAL search_path = ''; SET LOCAL lock_timeout = '5s'");
    const { rows } = await client.query<Thing>(THINGS);
    announce(describe(database, rows));
    onProgress(`drop ${rows.length} objects`);
    const owners = await ownersOf(client, rows);
    for (const thing of rows) await dropOne(client, thing, owners.get(thing));
    await client.query('COMMIT');
    return rows.map(({ kind, name }) => `${kind.toLowerCase()} ${name}`);
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {});
    throw failure(database, error);
  } finally {
    await client.end();
  }
}
