import type { ClientBase } from 'pg';
import { quoteLiteral } from '../../database/quote.ts';
import { LotlineError } from '../../errors.ts';
import type { KeyRow } from './rows.ts';

/**
 * On a Citus cluster policies verify the context on the workers, from a plain table there, because a query on a shard
 * cannot read a distributed one. Makes that table equal to the coordinator's rows; does nothing on a plain server, nor before
 * the tables are distributed. The workers come first: were the transaction lost afterwards, they would know a key that nobody signs with.
 * @throws LotlineError `CONTEXT_KEYS_NOT_MIRRORED` when a worker did not take them over.
 */
export async function mirrorKeys(client: ClientBase, rows: readonly KeyRow[]): Promise<void> {
  const { rows: found } = await client.query<{ cluster: boolean }>(
    "SELECT to_regclass('pg_catalog.pg_dist_partition') IS NOT NULL AS cluster",
  );
  if (!found[0]!.cluster) return;
  const { rowCount: distributed } = await client.query('SELECT FROM pg_catalog.pg_dist_partition LIMIT 1');
  if (!distributed) return;
  const { rows: answers } = await client.query<{ node: string; success: boolean; result: string }>(
    `SELECT nodename || ':' || nodeport AS node, success, result FROM run_command_on_workers($1)`,
    [mirrorSql(rows)],
  );
  const failed = answers.filter(({ success }) => !success);
  if (failed.length === 0) return;
  throw new LotlineError(
    'CONTEXT_KEYS_NOT_MIRRORED',
    `Workers do not know the context keys:\n${failed.map((f) => `  - ${f.node}: ${f.result}`).join('\n')}`,
    'npm run db:distribute makes the table of the keys on every node; then repeat',
  );
}

/** One statement for a worker: its keys become these, and no other. */
function mirrorSql(rows: readonly KeyRow[]): string {
  const bytes = (value: Buffer) => `decode('${value.toString('hex')}', 'hex')`;
  const time = (value: Date | null) =>
    value ? `${quoteLiteral(value.toISOString())}::timestamptz` : 'NULL::timestamptz';
  const values = rows
    .map((r) => `(${r.id}, ${bytes(r.inner)}, ${bytes(r.outer)}, ${time(r.createdAt)}, ${time(r.expiresAt)})`)
    .join(', ');
  if (rows.length === 0) return 'DELETE FROM app.context_keys';
  return `WITH gone AS (DELETE FROM app.context_keys WHERE id NOT IN (${rows.map((r) => r.id).join(', ')}))
    INSERT INTO app.context_keys AS held (id, inner_pad, outer_pad, created_at, expires_at) VALUES ${values}
    ON CONFLICT (id) DO UPDATE SET inner_pad = excluded.inner_pad, outer_pad = excluded.outer_pad,
      created_at = excluded.created_at, expires_at = excluded.expires_at`;
}
