import type { Adoption } from './adopt.ts';
import type { Bond } from './bonds.ts';
import { reachesTenant } from './proposal.ts';
import { describeCandidate } from './tenant.ts';

const FEW = 12;

/** The adoption for people. `verbose` lists everything; otherwise long lists are cut and say how much is missing. */
export function describeAdoption(adoption: Adoption, verbose: boolean): string {
  const { choice, person, proposals, bonds, uniques, nullable, unread, schema } = adoption;
  const total = proposals.length;
  const width = Math.max(...proposals.map((p) => p.table.model.length));
  const shown = verbose ? proposals : proposals.filter((p) => p.confidence !== 'high' || p.notes.length > 0);
  const models = shown.map(
    (p) =>
      `${p.table.model.padEnd(width)}  ${p.scope.padEnd(14)}  ${p.confidence.padEnd(6)}  ${[p.reason, ...p.notes].join('; ')}`,
  );
  const of = (...kinds: Bond['kind'][]) => bonds.filter((b) => kinds.includes(b.kind));
  const name = (b: Bond) =>
    `${b.from.table.model}.${b.reference.columns.join(', ')} → ${b.to.table.model}: ${b.why}`;
  const children = childrenOf(adoption);
  const cut = (list: readonly string[]) =>
    verbose || list.length <= FEW
      ? list
      : [...list.slice(0, FEW), `… ${list.length - FEW} more; --verbose lists them`];
  const section = (title: string, list: readonly string[]) =>
    list.length === 0 ? [] : [`\n${title} (${list.length})`, ...cut(list).map((line) => `  ${line}`)];
  return [
    `Tenant: ${choice.tenant.model} (${describeCandidate(choice.evidence, total)})`,
    ...choice.others.map((o) => `  also possible: --tenant ${o.model} (${describeCandidate(o, total)})`),
    `People: ${person?.model ?? 'no model found'}`,
    `Models: ${total}; ${counts(adoption)}`,
    ...section(verbose ? 'Every model' : 'Models to look at', models),
    ...section('References that get a composite key', of('composite').map(name)),
    ...section('References guarded by a trigger, which is weaker', of('guard').map(name)),
    ...section('References that nothing binds', of('open').map(name)),
    ...section(
      'Unique keys over all tenants: a violation tells that another tenant has the value',
      uniques.map(
        (u) => `${u.proposal.table.model} (${u.columns.join(', ')})${u.primary ? ', the primary key' : ''}`,
      ),
    ),
    ...section(
      'Tenant columns that may be null',
      nullable.map((p) => `${p.table.model}.${p.tenantColumn}`),
    ),
    ...section(
      'Models without a tenant column: their policies ask the parent; --denormalise adds it where every row has a tenant',
      children,
    ),
    ...section('Not looked at, or to be done by hand', unread),
    ...section('Read otherwise than written', schema.changes),
  ].join('\n');
}

function counts({ proposals }: Adoption): string {
  return [...Map.groupBy(proposals, (p) => p.scope)]
    .map(([scope, list]) => `${scope} ${list.length}`)
    .join(', ');
}

/** Models that reach their tenant over a parent only, with the path. */
function childrenOf({ proposals }: Adoption): string[] {
  const known = new Map(proposals.map((p) => [p.table.model, p]));
  return proposals
    .filter((p) => p.scope === 'child' && reachesTenant(p, known))
    .map((p) => `${p.table.model}: over ${p.parents!.map((r) => r.target).join(' or ')}`);
}

/** The adoption for programs. */
export function adoptionJson(adoption: Adoption) {
  const { choice, person, proposals, bonds, uniques, nullable, unread, schema, boundary } = adoption;
  return {
    tenant: {
      model: choice.tenant.model,
      type: boundary.tenantType,
      evidence: choice.evidence,
      others: choice.others,
    },
    person: person?.model ?? null,
    models: proposals.map((p) => ({
      model: p.table.model,
      table: p.table.table,
      place: p.table.place,
      scope: p.scope,
      confidence: p.confidence,
      reason: p.reason,
      notes: p.notes,
      ...(p.tenantColumn ? { tenantColumn: p.tenantColumn } : {}),
      ...(p.userColumn ? { userColumn: p.userColumn } : {}),
      ...(p.parents ? { parents: p.parents.map((r) => ({ columns: r.columns, model: r.target })) } : {}),
    })),
    references: bonds.map((b) => ({
      model: b.from.table.model,
      columns: b.reference.columns,
      target: b.to.table.model,
      kept: b.kind,
      why: b.why,
    })),
    crossingUniques: uniques.map((u) => ({
      model: u.proposal.table.model,
      columns: u.columns,
      primary: u.primary,
    })),
    nullableTenants: nullable.map((p) => ({ model: p.table.model, column: p.tenantColumn })),
    unread,
    readOtherwise: schema.changes,
  };
}
