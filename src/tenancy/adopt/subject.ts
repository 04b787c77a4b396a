import type { Proposal } from './proposal.ts';
import { plain, type Reference, type Table } from './tables.ts';

/** The schema with its tenant and its people found. */
export interface Subject {
  readonly tables: readonly Table[];
  readonly tenant: Table;
  readonly person: Table | undefined;
}

/** Columns that say who did something, not whose the row is. */
const ACTOR = /by(user)?(id)?$|^(creat|updat|modif|approv|review|assign|invit|last)/;

/** What a rule says of a table. */
export type Found = Omit<Proposal, 'table' | 'notes'> & { readonly notes?: readonly string[] };
/** Looks at one table, knowing those that were found before; undefined where it has nothing to say. */
export type Rule = (
  table: Table,
  known: ReadonlyMap<string, Proposal>,
  subject: Subject,
) => Found | undefined;

/** The references to the tenant's key. A reference to another unique column of it carries no tenant id. */
export function toTenant(table: Table, { tenant }: Subject): Reference[] {
  return table.references.filter(
    (r) => r.target === tenant.model && r.columns.length === 1 && r.targetColumns[0] === tenant.key[0],
  );
}

export function toPerson(table: Table, { person }: Subject, required: boolean): Reference[] {
  return table.references.filter(
    (r) =>
      r.target === person?.model &&
      r.required === required &&
      r.columns.length === 1 &&
      r.targetColumns[0] === person.key[0],
  );
}

/** Of several references to the tenant the one whose column most tables use. */
export function mostUsualFirst(references: readonly Reference[], subject: Subject): Reference[] {
  const uses = (r: Reference) =>
    subject.tables.filter((t) =>
      toTenant(t, subject).some((o) => plain(o.columns[0]!) === plain(r.columns[0]!)),
    ).length;
  return [...references].sort((a, b) => uses(b) - uses(a));
}

const BELONGS = ['tenant-root', 'tenant', 'tenant-user', 'tenant-or-user', 'child', 'identity'];

/** Parents that a row can belong to. A person's own row is none: pointing at somebody says only who did it. */
export function parents(
  table: Table,
  known: ReadonlyMap<string, Proposal>,
  { person }: Subject,
): Reference[] {
  return table.references.filter((r) => {
    const scope = known.get(r.target)?.scope;
    return (
      scope !== undefined && BELONGS.includes(scope) && r.target !== person?.model && r.target !== table.model
    );
  });
}

/** Whether the reference says who did something, not whose the row is. */
export function isActor({ columns }: Reference): boolean {
  return ACTOR.test(plain(columns[0]!));
}
