import { MODULES, type Permission } from '../auth/permissions.ts';
import { quoteIdent as q } from '../database/quote.ts';
import type { Db } from '../db.ts';
import type { Boundary } from '../tenancy/index.ts';
import type { Change } from './change.ts';

/** A table whose changes are told. */
export interface LiveTable {
  readonly table: string;
  /** What a member needs to hear of it. */
  readonly permission: Permission;
  /** Who reads its rows: all members, some, or each their own (docs/activity-log.md). */
  readonly kind: 'shared' | 'restricted' | 'personal';
  /** Which of these rows somebody reads, asked through that person's own client. */
  readonly readable: (db: Db, ids: readonly string[]) => Promise<string[]>;
}

/** What a subscriber is told of one change: rows, a table to be read anew, or nothing. */
export type Told =
  | {
      readonly event: 'change';
      readonly table: string;
      readonly op: Change['operation'];
      readonly ids: readonly string[];
    }
  | { readonly event: 'resync'; readonly table?: string };

/** The tables that tell their changes, by name. */
export function liveTables({ models }: Pick<Boundary, 'models'>): ReadonlyMap<string, LiveTable> {
  const found = new Map<string, LiveTable>();
  for (const { table, module, changes } of models) {
    const known = MODULES.find((m) => m === module);
    if (!changes || !known) continue;
    const sql = `SELECT ${q(changes.key)}::text AS id FROM ${q(table)} WHERE ${q(changes.key)} = ANY ($1::uuid[])`;
    found.set(table, {
      table,
      permission: `${known}:read`,
      kind: changes.kind,
      readable: async (db, ids) => {
        const rows = await db.$queryRawUnsafe<{ id: string }[]>(sql, [...ids]);
        return rows.map((r) => r.id);
      },
    });
  }
  return found;
}

/**
 * What a member is told of a change. Of a table that not everybody reads, rows are told that the member reads now; a deleted
 * row cannot be asked for, so its going is told without its name.
 */
export async function tell(
  { table, kind, readable }: LiveTable,
  { operation, ids, people }: Change,
  { userId, db }: { readonly userId: string; readonly db: Db },
): Promise<Told | undefined> {
  if (kind === 'personal' && people && !people.includes(userId)) return undefined;
  if (!ids) return { event: 'resync', table };
  const change = { event: 'change', table, op: operation } as const;
  const own = kind === 'shared' || (kind === 'personal' && people?.length === 1);
  if (own) return { ...change, ids };
  if (operation === 'delete') return { event: 'resync', table };
  const seen = await readable(db, ids);
  return seen.length > 0 ? { ...change, ids: seen } : undefined;
}
