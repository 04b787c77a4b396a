import type { Proposal } from './proposal.ts';
import { remaining } from './remaining.ts';
import { credentials, requiredNamedParent, requiredParent, requiredTenant } from './rules.ts';
import type { Found, Rule, Subject } from './subject.ts';
import type { Table } from './tables.ts';
import { findMembership } from './tenant.ts';
import { ofPerson, optionalParents, optionalTenant } from './weaker-rules.ts';

/** What row security does not decide about the table of members. */
const ENROLS = 'whoever may write here enrols people, and sees those who are enrolled';

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
  // What a weak rule found lets the strong ones reach further, so they are asked first again.
  const rules = [requiredTenant('name'), requiredNamedParent, optionalTenant, optionalParents, ofPerson];
  while (rules.some((rule) => sweep(rule))) below();
  for (const t of tables) if (!known.has(t.model)) put(t, remaining(t, known, subject));
  const membership = membershipOf(subject);
  return tables.map((t) => {
    const proposal = known.get(t.model)!;
    if (t !== membership || declared.includes(proposal)) return proposal;
    return { ...proposal, notes: [...proposal.notes, ENROLS] };
  });
}

/** The table that pairs persons with tenants, where rows of it are kept per tenant. */
export function membershipOf({ tables, tenant, person }: Subject): Table | undefined {
  return findMembership(tenant, tables, person);
}
