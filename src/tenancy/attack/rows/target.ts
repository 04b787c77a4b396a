import { quoteIdent as q, quoteLiteral } from '../../../database/quote.ts';
import type { Operation } from '../../annotations.ts';
import type { Roles } from '../../boundary.ts';
import { type Actor, NOT_VALID } from '../actors.ts';
import { readsContext, wantedValues } from '../declared.ts';
import type { Expectation, Probe } from '../probe.ts';
import { keyText, type Table } from '../subject/tables.ts';
import type { Tenants } from '../subject/tenants.ts';
import type { Row, Truth } from '../subject/truth.ts';

/** One actor before one table. */
export interface Target {
  readonly table: Table;
  readonly actor: Actor;
  readonly truth: Truth;
  readonly rows: readonly Row[];
  readonly roles: Roles;
  readonly tenants: Tenants;
  /** The row that insertions write anew, and the column that updates set; chosen for the table. */
  readonly choice: Choice;
}

export interface Choice {
  /** A row of ours that can be written again, with the values that a new row must have. */
  readonly fresh: Row;
  /** Column that no key and no check holds back. */
  readonly quiet?: string;
  /** Somebody else in our tenant. */
  readonly colleague: string;
}

/** How a statement is tried: its name in the reports, and the probes on this table by this actor. */
export interface RowOperation {
  readonly name: string;
  probes(target: Target): Probe[];
}

/** The columns in which a role may do this; undefined where it may not at all. */
export function granted({ table, roles }: Target, role: string, operation: Operation): string[] | undefined {
  const all = table.columns.filter((c) => !c.generated).map((c) => c.name);
  if (role === roles.owner) return all;
  const grant = table.model.grants.find((g) => g.role === role && g.privilege === operation);
  return grant ? (grant.columns ? [...grant.columns] : all) : undefined;
}

/** What must come out where `rows` are declared to be reached and each of the operations is needed. */
export function expected(
  target: Target,
  operations: readonly Operation[],
  rows: number,
  seen?: string,
): Expectation {
  const { actor, table } = target;
  if (actor.refused) return { refused: '42501', says: actor.refused };
  if (operations.some((o) => !granted(target, actor.role, o)))
    return { refused: '42501', says: /permission denied/ };
  const plain: Expectation = { rows, ...(seen === undefined ? {} : { seen }) };
  if (!actor.invalid || !operations.some((o) => readsContext(table.model, actor.role, o))) return plain;
  const refusal: Expectation = { refused: '42501', says: NOT_VALID };
  return target.truth.select.size > 0 ? { either: [refusal, plain] } : refusal;
}

/** Refused by a policy, by a privilege or by a trigger that guards the tenant. */
export function refusal({ actor }: Target): Expectation {
  return {
    refused: '42501',
    says: actor.refused ?? /row-level security|permission denied|another organization|context is not valid/,
  };
}

export function probe(
  target: Target,
  operation: string,
  control: boolean,
  rest: Pick<Probe, 'statement' | 'expect'> & Partial<Probe>,
): Probe {
  const { actor, table } = target;
  return {
    family: 'rows',
    object: table.label,
    operation,
    actor: actor.name,
    // Where a refusal is expected nothing is shown to work.
    control: control && 'rows' in rest.expect,
    role: actor.role,
    enter: actor.enter,
    ...rest,
  };
}

/** The first row of ours, or else the first at all, that is in the set, or is not. */
export function pick(target: Target, set: ReadonlySet<string>, wanted: boolean): Row | undefined {
  const fitting = target.rows.filter((r) => set.has(r.key) === wanted);
  return fitting.find((r) => r.tenant === target.tenants.ours) ?? fitting[0];
}

export function where(table: Table, row: Row, alias?: string): string {
  const values = row.json;
  return table.primary
    .map((c) => {
      const type = table.columns.find((x) => x.name === c)?.type ?? 'text';
      return `${alias ? `${alias}.` : ''}${q(c)} = (${quoteLiteral(values)}::jsonb ->> ${quoteLiteral(c)})::${type}`;
    })
    .join(' AND ');
}

/** A condition on the key that is short enough to read, by the text of the key. */
export function keyIs(table: Table, row: Row): string {
  return `${keyText(table)} = ${quoteLiteral(row.key)}`;
}

/** INSERT of the row as it was, with values that every new row has to have. */
export function insertion(target: Target, row: Row, change: Record<string, unknown> = {}): string {
  const { table, roles } = target;
  const columns =
    granted(target, target.actor.role, 'insert') ??
    table.columns.filter((c) => !c.generated).map((c) => c.name);
  const list = columns.map(q).join(', ');
  const wanted = { ...wantedValues(table.model, insertRole(table, roles), 'insert'), ...change };
  return `INSERT INTO ${table.sql} (${list}) SELECT ${list} FROM ${record(table, row, wanted)}`;
}

/** The row as a row source. */
export function record(table: Table, row: Row, change: Record<string, unknown> = {}): string {
  const changed = Object.keys(change).length > 0 ? ` || ${quoteLiteral(JSON.stringify(change))}::jsonb` : '';
  return `jsonb_populate_record(NULL::${table.sql}, ${quoteLiteral(row.json)}::jsonb${changed}) AS s`;
}

/** The role whose conditions a new row has to meet: the application's, or that of the ingest role. */
export function insertRole(table: Table, roles: Roles): string {
  return table.model.grants.some((g) => g.role === roles.app && g.privilege === 'insert')
    ? roles.app
    : roles.ingest;
}

/** Puts foreign keys and triggers aside, so that only privileges and policies decide. */
export const ALONE = "SET LOCAL session_replication_role = 'replica'";

/** Takes a row out, without what hangs on it. */
export function takeOut(table: Table, row: Row): string {
  return `${ALONE}; DELETE FROM ${table.sql} WHERE ${keyIs(table, row)}; SET LOCAL session_replication_role = 'origin'`;
}
