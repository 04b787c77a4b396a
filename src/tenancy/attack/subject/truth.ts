import { createHash } from 'node:crypto';
import type { ClientBase } from 'pg';
import { quoteLiteral } from '../../../database/quote.ts';
import type { Boundary } from '../../boundary.ts';
import type { Actor } from '../actors.ts';
import { declaredCondition, type Question, visibleTables, wantedValues } from '../declared.ts';
import { keyText, type Table } from './tables.ts';

/** A row as it stands, and as it would have to be for the application to insert or update it. */
export interface Row {
  readonly key: string;
  readonly tenant: string | null;
  /** The row as JSON text, so that no number loses a digit. */
  readonly json: string;
}

/** What the declaration lets an actor do with each row of a table: keys of the rows, by question. */
export interface Truth {
  readonly select: ReadonlySet<string>;
  readonly update: ReadonlySet<string>;
  /** Rows that, with the values an update has to set, meet the condition on the new row. */
  readonly updated: ReadonlySet<string>;
  readonly delete: ReadonlySet<string>;
  /** Rows that, with the values an insert has to have, could be inserted. */
  readonly insert: ReadonlySet<string>;
  /** Of these, rows that the actor would also see. */
  readonly insertSeen: ReadonlySet<string>;
  /** Fingerprint of the rows that the actor sees. */
  readonly seen: string;
}

/** Every row of a table, in the order of their keys. */
export async function readRows(client: ClientBase, table: Table): Promise<Row[]> {
  const tenant = table.tenantKey ? `t.${table.tenantKey}::text` : 'NULL';
  const { rows } = await client.query<Row>(
    `SELECT ${keyText(table, 't')} AS key, ${tenant} AS tenant, to_jsonb(t)::text AS json FROM ${table.sql} t
     ORDER BY ${keyText(table, 't')} COLLATE "C"`,
  );
  return rows;
}

/**
 * Asks the declared conditions of every row.
 * @param client a superuser, who is under no policy.
 */
export async function readTruth(
  client: ClientBase,
  boundary: Boundary,
  table: Table,
  actor: Pick<Actor, 'role' | 'context'>,
): Promise<Truth> {
  const { model } = table;
  const condition = (question: Question) => declaredCondition(model, actor.role, question, actor.context);
  const answers = async (questions: readonly Question[], wanted: Record<string, unknown>) => {
    const conditions = questions.map(condition);
    const columns = conditions.map((c, i) => `coalesce((${c}), false) AS q${i}`);
    const source =
      Object.keys(wanted).length === 0
        ? `${table.sql} AS ${model.table}`
        : `(SELECT (jsonb_populate_record(t, ${quoteLiteral(JSON.stringify(wanted))}::jsonb)).* FROM ${table.sql} t) AS ${model.table}`;
    const { rows } = await client.query<Record<string, unknown>>(
      `${visibleTables(boundary, conditions, actor.role, actor.context)}
       SELECT ${keyText(table, model.table)} AS key, ${columns.join(', ')} FROM ${source}`,
    );
    return questions.map(
      (_, i) => new Set(rows.filter((r) => r[`q${i}`]).map((r) => String(r.key))) as ReadonlySet<string>,
    );
  };
  const [select, update, del] = await answers(['select', 'update', 'delete'], {});
  const [updated] = await answers(['updated'], wantedValues(model, actor.role, 'update'));
  const [insert, shown] = await answers(['insert', 'select'], wantedValues(model, actor.role, 'insert'));
  return {
    select: select!,
    update: update!,
    updated: updated!,
    delete: del!,
    insert: insert!,
    insertSeen: new Set([...insert!].filter((key) => shown!.has(key))),
    seen: fingerprint([...select!]),
  };
}

/** As `md5(string_agg(key, ',' ORDER BY key COLLATE "C"))` in SQL. */
export function fingerprint(keys: readonly string[]): string {
  return keys.length === 0
    ? 'null'
    : createHash('md5')
        .update([...keys].sort().join(','))
        .digest('hex');
}
