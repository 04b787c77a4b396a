import { reachesTenant } from './proposal.ts';
import { ownersOf } from './remaining.ts';
import { isActor, mostUsualFirst, parents, type Rule, toPerson, toTenant } from './subject.ts';

export const optionalTenant: Rule = (table, known, subject) => {
  const [first] = mostUsualFirst(
    toTenant(table, subject).filter((r) => !r.required),
    subject,
  );
  if (!first) return undefined;
  const tenantColumn = first.columns[0]!;
  const person = toPerson(table, subject, true)[0] ?? toPerson(table, subject, false)[0];
  const owner = person && !isActor(person) ? person.columns[0] : undefined;
  if (owner) {
    return {
      scope: 'tenant-or-user',
      confidence: 'medium',
      reason: `${tenantColumn} may be null; such rows are taken to belong to ${owner}`,
      tenantColumn,
      userColumn: owner,
    };
  }
  const others = parents(table, known, subject).filter(
    (r) => !r.required && r.by === 'relation' && r !== first && reachesTenant(known.get(r.target), known),
  );
  if (others.length > 0 && first.by === 'relation') {
    const ways = [first, ...others.filter((r) => r.target !== subject.tenant.model)];
    return {
      scope: 'child',
      confidence: 'medium',
      reason: `${ways.map((r) => r.columns.join(', ')).join(' or ')} says whose it is`,
      parents: ways,
      notes: ['rows that point at none of them are seen by nobody but the platform'],
    };
  }
  return {
    scope: 'tenant',
    confidence: 'medium',
    reason: `${tenantColumn}: optional ${first.by === 'relation' ? 'foreign key' : 'column named like the foreign keys'} to the tenant`,
    tenantColumn,
    notes: ['rows without a tenant are seen by nobody but the platform'],
  };
};

export const optionalParents: Rule = (table, known, subject) => {
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

export const ofPerson: Rule = (table, _known, subject) => {
  const [required] = toPerson(table, subject, true);
  const user = required ?? toPerson(table, subject, false)[0];
  if (!user || isActor(user) || (!required && ownersOf(table, subject.tables).length > 0)) return undefined;
  return {
    scope: 'identity',
    confidence: required?.by === 'relation' ? 'medium' : 'low',
    reason: `${user.columns[0]}: ${required ? 'required' : 'optional'} reference to the person, none to a tenant`,
    userColumn: user.columns[0]!,
    notes: required ? [] : ['rows without a person are seen by nobody but the platform'],
  };
};
