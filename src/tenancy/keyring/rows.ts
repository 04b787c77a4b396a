import type { ClientBase } from 'pg';
import { quoteIdent } from '../../database/quote.ts';

/** A key as the database has it. Without `expiresAt` it is valid until a rotation ends it. */
export interface KeyRow {
  readonly id: number;
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
  /** Valid now, by the server's clock. */
  readonly live: boolean;
  readonly inner: Buffer;
  readonly outer: Buffer;
}

/** Whoever changes keys holds this lock: of the transaction when they are installed, of the session in a rotation. */
export const KEYS_LOCK = "pg_catalog.hashtextextended('app.context_keys', 0)";

/** The keys of the database, newest first. To be called inside {@link asOwner}. */
export async function readKeys(client: ClientBase): Promise<KeyRow[]> {
  const { rows } = await client.query<KeyRow>(
    `SELECT id::int, created_at AS "createdAt", expires_at AS "expiresAt", inner_pad AS inner, outer_pad AS outer,
       coalesce(expires_at > now(), true) AS live
     FROM app.context_keys ORDER BY id DESC`,
  );
  return rows;
}

/** One transaction as the owner of the keys, for a session that is the owner or may become it. */
export async function asOwner<T>(client: ClientBase, owner: string, work: () => Promise<T>): Promise<T> {
  await client.query('BEGIN');
  try {
    await client.query(`SET LOCAL ROLE ${quoteIdent(owner)}`);
    const result = await work();
    await client.query('COMMIT');
    return result;
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {});
    throw error;
  }
}
