import { LotlineError } from '../../errors.ts';
import { plain, type Table } from './tables.ts';

/** A table that could be the tenant, with what speaks for it. */
export interface TenantCandidate {
  readonly model: string;
  /** Tables that point at it. */
  readonly direct: number;
  /** Tables from which required references lead to it, over others too. */
  readonly reach: number;
  /** The table that says which person belongs to which tenant. */
  readonly membership?: string;
  readonly named: boolean;
  readonly score: number;
}

export interface TenantChoice {
  readonly tenant: Table;
  readonly evidence: TenantCandidate;
  /** Candidates that lie inside the chosen one, or that speak less for themselves. */
  readonly others: readonly TenantCandidate[];
}

const NAMES =
  /^(organi[sz]ations?|orgs?|teams?|workspaces?|tenants?|compan(y|ies)|accounts?|spaces?|business(es)?|agenc(y|ies)|firms?|customers?accounts?)$/;

/**
 * Finds the tenant by what points at it: how many tables reach it over required references, and whether some table
 * pairs it with a person. The name counts too, but alone it decides nothing.
 * @param wanted the model that a person named.
 * @throws LotlineError `ADOPT_TENANT_UNKNOWN` for a name that is no model with a single-column key,
 *   `ADOPT_TENANT_NONE`, `ADOPT_TENANT_AMBIGUOUS` with the candidates.
 */
export function findTenant(
  tables: readonly Table[],
  person: Table | undefined,
  wanted?: string,
): TenantChoice {
  const candidates = tables
    .filter((t) => t.key.length === 1 && t !== person)
    .map((t) => candidate(t, tables, person))
    .sort((a, b) => b.score - a.score);
  if (wanted) return byName(wanted, tables, candidates, person);

  const eligible = candidates.filter(
    (c) =>
      c.direct >= 2 && (c.membership || c.named) && c.reach + c.direct >= Math.max(3, tables.length * 0.15),
  );
  const first = eligible[0];
  if (!first) {
    throw new LotlineError(
      'ADOPT_TENANT_NONE',
      `No model of this schema looks like a tenant.${list(candidates.slice(0, 3), tables)}`,
      'name it: --tenant <Model>',
    );
  }
  const near = eligible.filter((c) => c.score >= first.score * 0.6);
  // The outermost one holds the others: whoever may not see its rows may not see theirs.
  const outer = near.find((c) => near.every((other) => other === c || leadsTo(other.model, c.model, tables)));
  const rival = near.find((c) => c !== first && c.score >= first.score * 0.8);
  if (!outer && rival) {
    throw new LotlineError(
      'ADOPT_TENANT_AMBIGUOUS',
      `More than one model could be the tenant:${list([first, rival], tables)}`,
      `say which: --tenant ${first.model}, or --tenant ${rival.model}`,
    );
  }
  const chosen = outer ?? first;
  return {
    tenant: tables.find((t) => t.model === chosen.model)!,
    evidence: chosen,
    others: eligible.filter((c) => c !== chosen).slice(0, 3),
  };
}

function byName(
  wanted: string,
  tables: readonly Table[],
  candidates: readonly TenantCandidate[],
  person: Table | undefined,
): TenantChoice {
  const tenant = tables.find((t) => t.model === wanted);
  if (tenant?.key.length !== 1) {
    const known = tables.map((t) => t.model).filter((m) => plain(m) === plain(wanted));
    throw new LotlineError(
      'ADOPT_TENANT_UNKNOWN',
      tenant ? `The model ${wanted} has no single-column key.` : `There is no model ${wanted}.`,
      known.length > 0 ? `did you mean --tenant ${known[0]}?` : 'name a model as the schema writes it',
    );
  }
  const evidence = candidates.find((c) => c.model === wanted) ?? candidate(tenant, tables, person);
  return { tenant, evidence, others: [] };
}

function candidate(table: Table, tables: readonly Table[], person: Table | undefined): TenantCandidate {
  const pointing = tables.filter((t) => t !== table && t.references.some((r) => r.target === table.model));
  const reach = tables.filter((t) => t !== table && leadsTo(t.model, table.model, tables, person)).length;
  const membership = findMembership(table, tables, person);
  const named = NAMES.test(plain(table.model)) || NAMES.test(plain(table.table));
  const score =
    reach + pointing.length / 2 + (membership ? tables.length * 0.3 : 0) + (named ? tables.length * 0.2 : 0);
  return {
    model: table.model,
    direct: pointing.length,
    reach,
    ...(membership ? { membership: membership.model } : {}),
    named,
    score,
  };
}

/** The table with one row per tenant and person: both references required, and unique together. */
export function findMembership(
  tenant: Table,
  tables: readonly Table[],
  person: Table | undefined,
): Table | undefined {
  if (!person) return undefined;
  return tables.find((t) => {
    const to = (model: string) =>
      t.references.find((r) => r.target === model && r.required && r.columns.length === 1);
    const [one, two] = [to(tenant.model), to(person.model)];
    if (!one || !two) return false;
    const pair = [one.columns[0]!, two.columns[0]!].sort().join();
    const unique = [t.key, ...t.uniques].some((u) => [...u].sort().join() === pair);
    const says =
      /member|user/.test(plain(t.model)) || t.columns.some((c) => /role|permission/.test(plain(c.column)));
    return (unique && says) || /member/.test(plain(t.model));
  });
}

/** Whether required references lead from one model to another, not over a person. */
function leadsTo(from: string, to: string, tables: readonly Table[], person?: Table): boolean {
  const seen = new Set<string>([from]);
  const queue = [from];
  for (let model = queue.pop(); model; model = queue.pop()) {
    for (const { target, required } of tables.find((t) => t.model === model)?.references ?? []) {
      if (!required || target === person?.model) continue;
      if (target === to) return true;
      if (!seen.has(target)) queue.push(target);
      seen.add(target);
    }
  }
  return false;
}

function list(candidates: readonly TenantCandidate[], tables: readonly Table[]): string {
  return candidates.map((c) => `\n  ${c.model}: ${describeCandidate(c, tables.length)}`).join('');
}

/** The evidence in words. */
export function describeCandidate(c: TenantCandidate, total: number): string {
  return [
    `${c.direct} models point at it`,
    `${c.reach} of ${total} reach it over required references`,
    c.membership ? `${c.membership} pairs it with a person` : 'no model pairs it with a person',
    ...(c.named ? ['the name says so'] : []),
  ].join(', ');
}
