import { quoteIdent as q, quoteLiteral } from '../../../database/quote.ts';
import type { LiveForeignKey } from '../../checks/facts/foreign-keys.ts';
import { userColumns } from '../declared.ts';
import type { Subject, TablePlan } from '../plan.ts';
import type { Expectation, Probe } from '../probe.ts';
import { ALONE, keyIs, takeOut } from '../rows/target.ts';
import { ofTenants, type Table } from '../subject/tables.ts';
import type { Row } from '../subject/truth.ts';

/** Ends with the references checked, also those that wait for the end of the transaction. */
const NOW = 'SET CONSTRAINTS ALL IMMEDIATE';
const UNTIED: Expectation = { either: [{ refused: '23503' }, { refused: '23001' }] };

/** Foreign keys between tables of tenants, apart from the one that names the tenant itself. */
export function tenantReferences(subject: Subject, table: Table): { key: LiveForeignKey; parent: Table }[] {
  return table.foreignKeys.flatMap((key) => {
    const parent = subject.tables.find((t) => t.label === key.target);
    const bound = parent && ofTenants(parent) && !['catalogue', 'tenant-root'].includes(parent.model.scope);
    return bound && ofTenants(table) ? [{ key, parent }] : [];
  });
}

/**
 * Ties a row of another tenant to a row of ours: impossible even for a superuser, whom no policy stops; for the
 * application in the same words whether our row is there or not.
 */
export function referenceProbes(
  subject: Subject,
  plans: ReadonlyMap<string, TablePlan>,
  table: Table,
  superuser: string,
): Probe[] {
  const plan = plans.get(table.label);
  const target = plan?.targets.find((t) => t.actor.name === 'another tenant');
  if (!target) return [];
  return tenantReferences(subject, table).flatMap(({ key, parent }) => {
    const theirs = target.rows.filter((r) => r.tenant === subject.tenants.theirs);
    const child = theirs.find((r) => filled(r, key.columns)) ?? theirs[0];
    const victim = plans.get(parent.label)?.targets[0]?.rows.find((r) => r.tenant === subject.tenants.ours);
    if (!child || !victim) return [];
    const base = { family: 'references', object: table.label, operation: 'reference' };
    const statement = `${tie(table, key, child, parent, victim)}; ${NOW}`;
    // A trigger may have put the reference right; what counts is that the two are not tied.
    const tied = values(table, key, parent, victim).map(([c, value]) => `${q(c)} = ${value}`);
    const afterwards = `SELECT 'tied' AS gone FROM ${table.sql} WHERE ${[keyIs(table, child), ...tied].join(' AND ')}`;
    const probes: Probe[] = [
      {
        ...base,
        actor: 'a superuser',
        role: superuser,
        enter: '',
        statement,
        expect: { either: [UNTIED, { rows: 0 }] },
        afterwards,
      },
    ];
    const { app } = subject.boundary.roles;
    probes.push({
      ...base,
      actor: 'another tenant',
      role: app,
      enter: target.actor.enter,
      prepare: 'SELECT 1',
      otherwise: takeOut(parent, victim),
      statement,
      expect: { either: [UNTIED, { refused: '42501' }, { rows: 0 }] },
    });
    return probes;
  });
}

/** UPDATE that points the child’s columns of the key at the parent, all but the tenant. */
function tie(table: Table, key: LiveForeignKey, child: Row, parent: Table, victim: Row): string {
  const set = values(table, key, parent, victim).map(([column, value]) => `${q(column)} = ${value}`);
  return `UPDATE ${table.sql} SET ${set.join(', ')} WHERE ${keyIs(table, child)}`;
}

/** The columns of the key, without the tenant, with the parent’s values as SQL. */
function values(table: Table, key: LiveForeignKey, parent: Table, victim: Row): [string, string][] {
  return key.columns.flatMap((column, i): [string, string][] => {
    if (column === table.tenantKey) return [];
    const target = key.targetColumns[i]!;
    const type = parent.columns.find((c) => c.name === target)!.type;
    return [[column, `(${quoteLiteral(victim.json)}::jsonb ->> ${quoteLiteral(target)})::${type}`]];
  });
}

function filled(row: Row, columns: readonly string[]): boolean {
  const held = JSON.parse(row.json) as Record<string, unknown>;
  return columns.every((c) => held[c] !== null);
}

/** Deletes a parent of another tenant with all that follows from it; nothing of ours may have gone. */
export function cascadeProbes(
  subject: Subject,
  plans: ReadonlyMap<string, TablePlan>,
  parent: Table,
  superuser: string,
): Probe[] {
  if (!ofTenants(parent)) return [];
  const children = subject.tables.filter(
    (t) => ofTenants(t) && t.foreignKeys.some((k) => k.target === parent.label),
  );
  const rows = plans.get(parent.label)?.targets[0]?.rows ?? [];
  const victim = rows.find((r) => r.tenant === subject.tenants.theirs);
  if (children.length === 0 || !victim) return [];
  const counts = children.map((c) => {
    const ours = plans.get(c.label)?.targets[0]?.rows.filter((r) => r.tenant === subject.tenants.ours) ?? [];
    return `SELECT '${c.label}' AS gone FROM ${c.sql} WHERE ${q(c.tenantKey!)} = '${subject.tenants.ours}' HAVING count(*) <> ${ours.length}`;
  });
  return [
    {
      family: 'references',
      object: parent.label,
      operation: 'cascade',
      actor: 'a superuser',
      role: superuser,
      enter: '',
      statement: `DELETE FROM ${parent.sql} WHERE ${keyIs(parent, victim)}`,
      expect: { either: [{ rows: 1 }, { refused: '23503' }, { refused: '23001' }, { refused: '23514' }] },
      afterwards: counts.join(' UNION ALL '),
    },
  ];
}

/**
 * Inserts an own row with the unique values of a row of ours, which is there or has been taken out: an error that
 * comes in one case only would tell which.
 */
export function uniqueProbes(subject: Subject, plan: TablePlan): Probe[] {
  const { table } = plan;
  const insider = plan.targets.find(
    (t) =>
      ['another tenant', 'ingest, another tenant'].includes(t.actor.name) &&
      plan.elsewhere?.actor === t.actor.name,
  );
  const fresh = plan.elsewhere?.row;
  if (!ofTenants(table) || !insider || !fresh) return [];
  return [{ name: `${table.label} key`, columns: table.primary }, ...table.uniques].flatMap(
    (index): Probe[] => {
      const columns = index.columns.filter(
        (c) => c !== table.tenantKey && table.columns.some((x) => x.name === c),
      );
      const victim = insider.rows.find((r) => r.tenant === subject.tenants.ours && filled(r, columns));
      if (!victim || columns.length === 0) return [];
      // What is public to all tenants by its id alone has a key without the tenant: see the accepted limits.
      if (table.model.scope === 'catalogue' && columns.every((c) => table.primary.includes(c))) return [];
      // Own rows with the same values would be in the way both times; references are tried elsewhere.
      const alone = `${ALONE}; DELETE FROM ${table.sql} WHERE ${q(table.tenantKey!)} = ${quoteLiteral(subject.tenants.theirs)}`;
      const own = JSON.parse(fresh.json) as Record<string, unknown>;
      const kept = [...table.primary, ...userColumns(table.model, insider.actor.role)].filter(
        (c) => !columns.includes(c),
      );
      const { ours, theirs } = subject.tenants;
      // Values that name the tenant, such as the place of a file, have to name the own one.
      const named = Object.entries(JSON.parse(victim.json) as Record<string, unknown>).filter(
        ([, value]) => typeof value === 'string' && value.includes(ours),
      );
      const change = {
        ...Object.fromEntries(
          named
            .filter(([c]) => !columns.includes(c))
            .map(([c, v]) => [c, String(v).replaceAll(ours, theirs)]),
        ),
        ...Object.fromEntries([table.tenantKey!, ...kept].map((c) => [c, own[c]])),
      };
      const bound = named.some(([c]) => columns.includes(c));
      return [
        {
          family: 'oracles',
          object: `${table.label}.${index.name}`,
          operation: 'unique',
          actor: insider.actor.name,
          role: insider.actor.role,
          enter: insider.actor.enter,
          prepare: alone,
          otherwise: `${alone}; DELETE FROM ${table.sql} WHERE ${keyIs(table, victim)}`,
          statement: plan.insertElsewhere(victim, change),
          expect: { either: [{ rows: 1 }, { refused: '42501' }, ...(bound ? [{ refused: '23514' }] : [])] },
        },
      ];
    },
  );
}
