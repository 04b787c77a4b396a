import { holdsCredentials } from './person.ts';
import { type Proposal, reachesTenant } from './proposal.ts';
import { ownersOf, remaining } from './remaining.ts';
import { plain, type Reference, type Table } from './tables.ts';
import { findMembership } from './tenant.ts';

/** The schema with its tenant and its people found. */
export interface Subject {
  readonly tables: readonly Table[];
  readonly tenant: Table;
  readonly person: Table | undefined;
}

/** Columns that say who did something, not whose the row is. */
const ACTOR = /by(user)?(id)?$|^(creat|updat|modif|approv|review|assign|invit|last)/;

type Found = Omit<Proposal, 'table' | 'notes'> & { readonly notes?: readonly string[] };
type Rule = (table: Table, known: ReadonlyMap<string, Proposal>, subject: Subject) => Found | undefined;

const PERSONAL =
  /preference|setting|favou?rite|bookmark|pinned|starred|draft|recent|dashboardlayout|savedview|viewstate/;

/**
 * Proposes a scope for every model. The rules are tried from the surest to the weakest; after each that found
 * something, whatever hangs below the tables that are known by now is taken along, nearest first, so that a path to
 * the tenant never runs in a circle.
 * @param declared what the schema says already; it is taken as it is.
 */
export function classify(subject: Subject, declared: readonly Proposal[] = []): Proposal[] {
  const { tables, tenant, person } = subject;
  const known = new Map<string, Proposal>(declared.map((p) => [p.table.model, p]));
  const put = (table: Table, found: Found) => known.set(table.model, { notes: [], ...found, table });
  if (!known.has(tenant.model))
    put(tenant, { scope: 'tenant-root', confidence: 'high', reason: 'the tenant' });

  const sweep = (rule: Rule): boolean => {
    const found = tables
      .filter((t) => !known.has(t.model))
      .flatMap((t) => {
        const result = rule(t, known, subject);
        return result ? [[t, result] as const] : [];
      });
    for (const [table, result] of found) put(table, result);
    return found.length > 0;
  };
  const below = () => {
    while (sweep(requiredParent)) {
      // Each round reaches one step further from the tenant.
    }
  };

  sweep(requiredTenant('relation'));
  if (person && !known.has(person.model)) {
    put(person, {
      scope: 'identity',
      confidence: 'high',
      reason: 'the people who sign in; one row per person',
    });
  }
  sweep(credentials);
  below();
  for (const rule of [
    requiredTenant('name'),
    requiredNamedParent,
    optionalTenant,
    optionalParents,
    ofPerson,
  ]) {
    while (sweep(rule)) below();
  }
  for (const t of tables) if (!known.has(t.model)) put(t, remaining(t, known, subject));
  return tables.map((t) => known.get(t.model)!);
}

/** The references to the tenant's key. A reference to another unique column of it carries no tenant id. */
function toTenant(table: Table, { tenant }: Subject): Reference[] {
  return table.references.filter(
    (r) => r.target === tenant.model && r.columns.length === 1 && r.targetColumns[0] === tenant.key[0],
  );
}

function toPerson(table: Table, { person }: Subject, required: boolean): Reference[] {
  return table.references.filter(
    (r) =>
      r.target === person?.model &&
      r.required === required &&
      r.columns.length === 1 &&
      r.targetColumns[0] === person.key[0],
  );
}

function requiredTenant(by: Reference['by']): Rule {
  return (table, _known, subject) => {
    const [first, ...more] = mostUsualFirst(
      toTenant(table, subject).filter((r) => r.required && r.by === by),
      subject,
    );
    if (!first) return undefined;
    const tenantColumn = first.columns[0]!;
    const user = toPerson(table, subject, true)[0]?.columns[0];
    const personal =
      user &&
      PERSONAL.test(plain(table.model)) &&
      [table.key, ...table.uniques].some((u) => u.includes(user));
    const notes = more.map((r) => `${r.columns[0]} names a tenant too; rows belong to ${tenantColumn}`);
    const declared =
      by === 'relation'
        ? 'required foreign key to the tenant'
        : 'required column named like the tenant’s foreign keys, without a relation';
    if (personal) {
      return {
        scope: 'tenant-user',
        confidence: 'medium',
        reason: `${declared}, and unique per person (${user})`,
        tenantColumn,
        userColumn: user,
        notes,
      };
    }
    return {
      scope: 'tenant',
      confidence: by === 'name' || more.length > 0 ? 'medium' : 'high',
      reason: `${tenantColumn}: ${declared}`,
      tenantColumn,
      notes,
    };
  };
}

/** Of several references to the tenant the one whose column most tables use. */
function mostUsualFirst(references: readonly Reference[], subject: Subject): Reference[] {
  const uses = (r: Reference) =>
    subject.tables.filter((t) =>
      toTenant(t, subject).some((o) => plain(o.columns[0]!) === plain(r.columns[0]!)),
    ).length;
  return [...references].sort((a, b) => uses(b) - uses(a));
}

const credentials: Rule = (table, _known, subject) => {
  const user = toPerson(table, subject, true)[0]?.columns[0];
  if (!user || !holdsCredentials(table)) return undefined;
  return {
    scope: 'identity',
    confidence: 'high',
    reason: `signs the person of ${user} in`,
    userColumn: user,
  };
};

const BELONGS = ['tenant-root', 'tenant', 'tenant-user', 'tenant-or-user', 'child', 'identity'];

/** Parents that a row can belong to. A person's own row is none: pointing at somebody says only who did it. */
function parents(table: Table, known: ReadonlyMap<string, Proposal>, { person }: Subject): Reference[] {
  return table.references.filter((r) => {
    const scope = known.get(r.target)?.scope;
    return (
      scope !== undefined && BELONGS.includes(scope) && r.target !== person?.model && r.target !== table.model
    );
  });
}

const requiredParent: Rule = (table, known, subject) => {
  const ways = parents(table, known, subject).filter((r) => r.required && r.by === 'relation');
  return childOf(ways, known, subject);
};

const requiredNamedParent: Rule = (table, known, subject) => {
  const found = childOf(
    parents(table, known, subject).filter((r) => r.required && r.by === 'name'),
    known,
    subject,
  );
  return (
    found && {
      ...found,
      confidence: 'medium',
      reason: `${found.reason}, by its name; no relation is declared`,
    }
  );
};

function childOf(
  ways: readonly Reference[],
  known: ReadonlyMap<string, Proposal>,
  subject: Subject,
): Found | undefined {
  const ofTenant = ways.filter((r) => reachesTenant(known.get(r.target), known));
  const best = [...(ofTenant.length > 0 ? ofTenant : ways)].sort(
    (a, b) => Number(b.onDelete === 'Cascade') - Number(a.onDelete === 'Cascade'),
  )[0];
  if (!best) return undefined;
  const whose =
    ofTenant.length > 0 ? `tenant over ${path(best.target, known, subject)}` : `person over ${best.target}`;
  const others = ways.filter((r) => r !== best).map((r) => r.target);
  return {
    scope: 'child',
    confidence: others.length > 0 && best.onDelete !== 'Cascade' ? 'medium' : 'high',
    reason: `${best.columns.join(', ')}: required reference to ${best.target}; ${whose}`,
    parents: [best],
    notes: others.length > 0 ? [`belongs to ${others.join(', ')} as well; these are guarded`] : [],
  };
}

function path(model: string, known: ReadonlyMap<string, Proposal>, subject: Subject): string {
  const next = known.get(model)?.parents?.[0]?.target;
  return next
    ? `${model} → ${path(next, known, subject)}`
    : model === subject.tenant.model
      ? model
      : `${model} → ${subject.tenant.model}`;
}

const optionalTenant: Rule = (table, _known, subject) => {
  const [first] = mostUsualFirst(
    toTenant(table, subject).filter((r) => !r.required),
    subject,
  );
  if (!first) return undefined;
  const tenantColumn = first.columns[0]!;
  const user = (toPerson(table, subject, true)[0] ?? toPerson(table, subject, false)[0])?.columns[0];
  if (user) {
    return {
      scope: 'tenant-or-user',
      confidence: 'medium',
      reason: `${tenantColumn} may be null; such rows are taken to belong to ${user}`,
      tenantColumn,
      userColumn: user,
    };
  }
  return {
    scope: 'tenant',
    confidence: 'medium',
    reason: `${tenantColumn}: optional ${first.by === 'relation' ? 'foreign key' : 'column named'} to the tenant`,
    tenantColumn,
    notes: ['rows without a tenant are seen by nobody but the platform'],
  };
};

const optionalParents: Rule = (table, known, subject) => {
  if (toPerson(table, subject, true).length > 0 || ownersOf(table, subject.tables).length > 0)
    return undefined;
  const ways = parents(table, known, subject).filter(
    (r) => !r.required && r.by === 'relation' && reachesTenant(known.get(r.target), known),
  );
  if (ways.length === 0) return undefined;
  return {
    scope: 'child',
    confidence: ways.length === 1 ? 'medium' : 'low',
    reason: `${ways.map((r) => r.columns.join(', ')).join(' or ')}: optional references to ${ways.map((r) => r.target).join(', ')}`,
    parents: ways,
    notes: ['rows that point at none of them are seen by nobody but the platform'],
  };
};

const ofPerson: Rule = (table, _known, subject) => {
  const [required] = toPerson(table, subject, true);
  const user = required ?? toPerson(table, subject, false)[0];
  if (
    !user ||
    (!required && (ACTOR.test(plain(user.columns[0]!)) || ownersOf(table, subject.tables).length > 0))
  )
    return undefined;
  return {
    scope: 'identity',
    confidence: required?.by === 'relation' && !ACTOR.test(plain(user.columns[0]!)) ? 'medium' : 'low',
    reason: `${user.columns[0]}: ${required ? 'required' : 'optional'} reference to the person, none to a tenant`,
    userColumn: user.columns[0]!,
    notes: required ? [] : ['rows without a person are seen by nobody but the platform'],
  };
};

/** The table that pairs persons with tenants, where rows of it are kept per tenant. */
export function membershipOf({ tables, tenant, person }: Subject): Table | undefined {
  return findMembership(tenant, tables, person);
}
