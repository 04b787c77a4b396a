import { holdsCredentials } from './person.ts';
import { type Proposal, reachesTenant } from './proposal.ts';
import {
  type Found,
  isActor,
  mostUsualFirst,
  parents,
  type Rule,
  type Subject,
  toPerson,
  toTenant,
} from './subject.ts';
import { plain, type Reference } from './tables.ts';

const PERSONAL =
  /preference|setting|favou?rite|bookmark|pinned|starred|draft|recent|dashboardlayout|savedview|viewstate/;

export function requiredTenant(by: Reference['by']): Rule {
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

export const credentials: Rule = (table, _known, subject) => {
  const user = toPerson(table, subject, true)[0]?.columns[0];
  if (!user || !holdsCredentials(table)) return undefined;
  return {
    scope: 'identity',
    confidence: 'high',
    reason: `signs the person of ${user} in`,
    userColumn: user,
  };
};

export const requiredParent: Rule = (table, known, subject) => {
  const ways = parents(table, known, subject).filter((r) => r.required && r.by === 'relation');
  return childOf(ways, known, subject);
};

export const requiredNamedParent: Rule = (table, known, subject) => {
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
    (a, b) =>
      Number(isActor(a)) - Number(isActor(b)) ||
      Number(b.onDelete === 'Cascade') - Number(a.onDelete === 'Cascade'),
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
