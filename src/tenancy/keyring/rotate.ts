import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { ClientBase } from 'pg';
import type { KeyStore } from '../../database/connect.ts';
import { LotlineError } from '../../errors.ts';
import { formatKeyring, type Keyring } from '../../keyring.ts';
import { type ContextKey, keyPads } from '../context.ts';
import { REREAD } from './key-source.ts';
import { mirrorKeys } from './mirror.ts';
import { asOwner, KEYS_LOCK, type KeyRow, readKeys } from './rows.ts';

export interface RotateOptions {
  /** A session of the owner, or of a role that may become it, that nobody else uses meanwhile. */
  readonly client: ClientBase;
  readonly store: KeyStore;
  /** Milliseconds for which contexts of the old keys stay valid; 0 for a key that leaked. */
  readonly overlap: number;
  readonly owner?: string;
  /** Told before each step, in order: install, write, end. */
  readonly onStep?: (text: string) => void;
}

export interface Rotation {
  /** The key that signs from now on. */
  readonly id: number;
  /** `resumed`: an earlier rotation had made the key; `joined`: another one was just finished by somebody else. */
  readonly outcome: 'rotated' | 'resumed' | 'joined';
  /** The other keys, and when they end or ended. */
  readonly retired: readonly { readonly id: number; readonly expiresAt: Date }[];
  /** Ids of keys that had ended long ago and were deleted. */
  readonly deleted: readonly number[];
  /** What LOTLINE_CONTEXT_KEY has to be, where it prescribes the keys. Holds secrets. */
  readonly environment?: string;
}

/** Days for which an ended key is still listed. */
const REMEMBERED = 30;

/**
 * Makes a new key and retires the others, in an order in which nothing is lost at whatever point it is cut off: the
 * database accepts the new key before anybody signs with it, and the old ones end only after it was written. Of two
 * rotations at once the second waits and takes the result of the first.
 */
export async function rotateKeys(options: RotateOptions): Promise<Rotation> {
  const { client, owner = 'lotline_owner' } = options;
  const before = await asOwner(client, owner, () => readKeys(client));
  await client.query(`SELECT pg_advisory_lock(${KEYS_LOCK})`);
  try {
    return await rotate(options, owner, before[0]?.id ?? 0);
  } finally {
    // A session that has died has given up the lock.
    await client.query(`SELECT pg_advisory_unlock(${KEYS_LOCK})`).catch(() => {});
  }
}

async function rotate(options: RotateOptions, owner: string, newestBefore: number): Promise<Rotation> {
  const { client, store, overlap, onStep = () => {} } = options;
  const leaked = overlap === 0;
  const rows = await asOwner(client, owner, () => readKeys(client));
  const keys = store.read();
  const newest = Math.max(...rows.map((row) => row.id), ...keys.map((key) => key.id));
  if (!leaked && newest > newestBefore && store.write && keys[0].id === newest) {
    return { id: newest, outcome: 'joined', retired: retiredOf(rows, newest), deleted: [] };
  }
  const pending = leaked ? undefined : pendingKey(rows, keys);
  const key = pending ?? { id: newest + 1, secret: randomBytes(32) };
  if (key.id > 9999) {
    throw new LotlineError(
      'CONTEXT_KEYS_EXHAUSTED',
      'All 9999 ids of context keys are used.',
      'Open an issue.',
    );
  }

  onStep(`install key ${key.id} in the database`);
  if (!pending) await asOwner(client, owner, () => insert(client, key));

  const next: Keyring = leaked ? [key] : [key, keys[0]];
  if (store.write) {
    onStep(`write key ${key.id} to ${store.file}`);
    await store.write(next);
    // Whoever still signs with the old key reads the new one before the old one ends.
    if (leaked) await pause(1.5 * REREAD);
  }

  onStep('end the old keys');
  return asOwner(client, owner, async () => {
    await client.query(
      `UPDATE app.context_keys SET expires_at = LEAST(expires_at, clock_timestamp() + $2 * interval '1 ms') WHERE id <> $1`,
      [key.id, overlap],
    );
    const { rows: deleted } = await client.query<{ id: number }>(
      `DELETE FROM app.context_keys WHERE id <> $1 AND expires_at < now() - $2 * interval '1 day' RETURNING id::int`,
      [key.id, REMEMBERED],
    );
    const left = await readKeys(client);
    await mirrorKeys(client, left);
    return {
      id: key.id,
      outcome: pending ? 'resumed' : 'rotated',
      retired: retiredOf(left, key.id),
      deleted: deleted.map(({ id }) => id),
      ...(store.write ? {} : { environment: formatKeyring(next) }),
    };
  });
}

async function insert(client: ClientBase, key: ContextKey): Promise<void> {
  const { inner, outer } = keyPads(key.secret);
  await client.query('INSERT INTO app.context_keys (id, inner_pad, outer_pad) VALUES ($1, $2, $3)', [
    key.id,
    inner,
    outer,
  ]);
  await mirrorKeys(client, await readKeys(client));
}

/**
 * The key of a rotation that was cut off after the database had it, or whose value was printed and not taken over yet.
 * A pad is the key XOR a constant (RFC 2104), so the owner of the pads has the key.
 */
function pendingKey(rows: readonly KeyRow[], [signing]: Keyring): ContextKey | undefined {
  const [row] = rows;
  if (!row || row.id <= signing.id || row.expiresAt) return undefined;
  const padded = Buffer.from(row.inner.map((byte) => byte ^ 0x36));
  const short = padded.subarray(32).every((byte) => byte === 0);
  return { id: row.id, secret: short ? padded.subarray(0, 32) : padded };
}

function retiredOf(rows: readonly KeyRow[], signing: number) {
  return rows.flatMap(({ id, expiresAt }) => (id !== signing && expiresAt ? [{ id, expiresAt }] : []));
}
