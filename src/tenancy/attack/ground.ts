import { randomBytes } from 'node:crypto';
import type pg from 'pg';
import { connectTo } from '../../database/client.ts';
import { withDatabase } from '../../database/engine/connection.ts';
import { quoteIdent as q } from '../../database/quote.ts';
import type { Boundary } from '../boundary.ts';
import { type ContextKey, keyPads } from '../context.ts';
import { RETIRED_KEY, STRANGER } from './actors.ts';
import { readSubject } from './plan.ts';
import { fillBeside } from './subject/beside.ts';
import { fillGaps, meetConditions } from './subject/gaps.ts';

/** Copies of a database on which an attack may do as it likes. */
export interface Ground {
  /** One superuser session each on a copy of its own. */
  readonly sessions: readonly pg.Client[];
  /** Name of the first copy. */
  readonly database: string;
  /** Tables whose rows were copied from another tenant. */
  readonly filled: readonly string[];
  close(): Promise<void>;
}

const PREFIX = 'lotline_attack_';

/**
 * Copies the database, fills the gaps in its rows, and copies the result once for every worker.
 * @param superuserUrl a superuser on any database of the server
 */
export async function prepareGround(
  superuserUrl: string,
  source: string,
  boundary: Boundary,
  key: ContextKey,
  workers: number,
): Promise<Ground> {
  const admin = await connectTo(superuserUrl);
  const id = randomBytes(4).toString('hex');
  const names = Array.from({ length: workers }, (_, i) => `${PREFIX}${id}_${i}`);
  const sessions: pg.Client[] = [];
  const close = async () => {
    await Promise.all(sessions.map((s) => s.end()));
    for (const name of names) await admin.query(`DROP DATABASE IF EXISTS ${q(name)} WITH (FORCE)`);
    // Another attack on the same server may still need the role.
    const { rowCount } = await admin.query(`SELECT FROM pg_database WHERE starts_with(datname, '${PREFIX}')`);
    if (rowCount === 0) await admin.query(`DROP ROLE IF EXISTS ${STRANGER}`);
    await admin.end();
  };
  try {
    await admin.query(
      `DO $$ BEGIN CREATE ROLE ${STRANGER}; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$`,
    );
    const [first, ...others] = names;
    await copy(admin, source, first!);
    const client = await connectTo(withDatabase(superuserUrl, first!));
    const before = await readSubject(client, boundary, key);
    const filled = await fillGaps(client, before.tables, before.tenants, boundary.roles.app);
    await meetConditions(client, before.tables, before.tenants);
    await fillBeside(client, before);
    await retireKey(client, key);
    await client.end();
    for (const name of others) await copy(admin, first!, name);
    for (const name of names) sessions.push(await connectTo(withDatabase(superuserUrl, name)));
    return { sessions, database: first!, filled, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function copy(admin: pg.Client, from: string, to: string): Promise<void> {
  await admin.query(`CREATE DATABASE ${q(to)} TEMPLATE ${q(from)} STRATEGY file_copy`);
  // A copy does not take over the privileges of the database itself.
  await admin.query(`REVOKE TEMPORARY ON DATABASE ${q(to)} FROM PUBLIC`);
}

/** The right secret under an id whose time is over. */
async function retireKey(client: pg.Client, key: ContextKey): Promise<void> {
  const { inner, outer } = keyPads(key.secret);
  await client.query(
    "INSERT INTO app.context_keys (id, inner_pad, outer_pad, expires_at) VALUES ($1, $2, $3, now() - interval '1 day')",
    [RETIRED_KEY, inner, outer],
  );
}
