import { selectsNothing, touchedBy } from './bodies.ts';
import { type ClusterFacts, fitsShards } from './facts.ts';
import { readsTables } from './policies.ts';
import type { Placement } from './tables.ts';

/** Something that keeps a database from being distributed as it is, or (`note`) that works otherwise afterwards. */
export interface Obstacle {
  readonly level: 'blocks' | 'note';
  readonly object: string;
  readonly detail: string;
  readonly mend: string;
}

/** Looks for everything that was seen to fail on Citus 13.2 (docs/scale.md); an order that does not change. */
export function obstaclesTo(facts: ClusterFacts, placed: readonly Placement[]): Obstacle[] {
  const columns = new Map(placed.flatMap((p) => (p.column ? [[p.table, p.column] as const] : [])));
  const distributed = [...columns.keys()];
  const references = placed.filter((p) => p.kind === 'reference').map((p) => p.table);
  return [
    ...placed
      .filter((p) => !facts.tables.includes(p.table))
      .map((p) => blocks(p.table, 'the table is not in the database', 'npm run db:apply')),
    ...keyObstacles(facts, columns),
    ...foreignKeyObstacles(facts, columns),
    ...facts.policies
      .filter(readsTables)
      .map((p) =>
        blocks(
          `${p.table}.${p.name}`,
          'the policy reads a table; Citus refuses sub-selects in policies',
          'replace the sub-select by a column of the row, or by a function that reads with the tenant',
        ),
      ),
    ...policyNotes(facts, distributed),
    ...triggerObstacles(facts, distributed, references),
    ...functionObstacles(facts, distributed),
    ...facts.views
      .filter((v) => v.tables.some((t) => distributed.includes(t)))
      .map((v) =>
        note(
          v.name,
          'the view reads with its owner’s rights; on Citus its shards are read with the caller’s',
          'expect no rows there; copy what is public into a reference table',
        ),
      ),
  ];
}

/** A policy may ask a function that reads a tenant's table only where the query runs on the coordinator. */
function policyNotes({ policies, functions }: ClusterFacts, distributed: string[]): Obstacle[] {
  return policies.flatMap((p) => {
    const asked = functions.filter((f) =>
      [p.using, p.check].some((c) => c?.includes(f.name.replace(/\(.*/, '('))),
    );
    const read = new Set(asked.flatMap((f) => [...touchedBy(f.name, functions, distributed).reads]));
    if (read.size === 0) return [];
    return [
      note(
        `${p.table}.${p.name}`,
        `the policy asks ${asked.map((f) => f.name).join(', ')}, which reads ${[...read].join(', ')}`,
        `read ${p.table} in a statement of its own: joined with a distributed table, the row of another person is an error`,
      ),
    ];
  });
}

function keyObstacles({ keys }: ClusterFacts, columns: ReadonlyMap<string, string>): Obstacle[] {
  return keys
    .filter((k) => columns.has(k.table) && !k.columns.includes(columns.get(k.table)!))
    .map((k) =>
      blocks(
        k.name,
        `the key (${k.columns.join(', ')}) of ${k.table} does not contain ${columns.get(k.table)}`,
        `put ${columns.get(k.table)} first in the key`,
      ),
    );
}

function foreignKeyObstacles(
  { foreignKeys }: ClusterFacts,
  columns: ReadonlyMap<string, string>,
): Obstacle[] {
  return foreignKeys.flatMap((k) => {
    const from = columns.get(k.table);
    const to = columns.get(k.target);
    const found: Obstacle[] = [];
    if (to && !from) {
      found.push(
        blocks(
          k.name,
          `${k.table}, of which every node has a copy, points at ${k.target}, which is distributed`,
          'drop the foreign key, or give the table the tenant’s column and distribute it too',
        ),
      );
    }
    const at = from ? k.columns.indexOf(from) : -1;
    if (to && from && (at < 0 || k.targetColumns[at] !== to)) {
      found.push(
        blocks(k.name, `the foreign key does not carry ${from}`, `begin both its sides with ${from}`),
      );
    }
    if (from && k.columns.includes(from) && /[nd]/.test(k.onDelete)) {
      found.push(
        blocks(k.name, 'ON DELETE SET NULL or SET DEFAULT would change the tenant', 'onDelete: Restrict'),
      );
    }
    if (from && k.columns.includes(from) && /[cnd]/.test(k.onUpdate)) {
      found.push(blocks(k.name, 'ON UPDATE would change the tenant', 'onUpdate: NoAction'));
    }
    return found;
  });
}

function triggerObstacles(facts: ClusterFacts, distributed: string[], references: string[]): Obstacle[] {
  const all = [...distributed, ...references];
  const left = facts.triggers.filter((t) => !fitsShards(t) && all.includes(t.table));
  const tables = new Set(left.map((t) => t.table)).size;
  const notes = [...new Set(left.map((t) => t.calls))].map((calls) =>
    note(
      calls,
      `it reads transition tables, which Citus has not, so the triggers of ${tables} tables that call it are left out`,
      'expect nothing of it on the cluster: no log of changes, no live updates',
    ),
  );
  const others = facts.triggers.flatMap((t): Obstacle[] => {
    if (!fitsShards(t)) return [];
    const object = `${t.table}.${t.name}`;
    const { reads, writes } = touchedBy(t.calls, facts.functions, all);
    const touches = (tables: string[], set: ReadonlySet<string>) =>
      tables.filter((x) => set.has(x)).join(', ');
    if (references.includes(t.table)) {
      const reached = touches(distributed, reads);
      if (reached) {
        return [
          blocks(
            object,
            `the trigger fires on every node at once and reaches ${reached}, which ends in a deadlock`,
            'drop it and do its work in the function that writes the row',
          ),
        ];
      }
      return [note(object, 'the trigger fires once on every node', 'it must do the same everywhere')];
    }
    if (!distributed.includes(t.table)) return [];
    const written = touches(references, writes);
    if (written) {
      return [
        blocks(
          object,
          `the trigger fires on a worker and writes ${written}, of which every node has a copy`,
          'lock or write a row of the tenant’s own tables instead',
        ),
      ];
    }
    const read = touches(distributed, reads);
    return read
      ? [note(object, `the trigger reads ${read} on the worker`, 'each read must name the tenant of the row')]
      : [];
  });
  return [...notes, ...others];
}

function functionObstacles(facts: ClusterFacts, distributed: string[]): Obstacle[] {
  return facts.functions.flatMap((f): Obstacle[] => {
    if (selectsNothing(f, distributed)) {
      return [
        blocks(
          f.name,
          'the function selects no column of a distributed table',
          'write SELECT 1 FROM for SELECT FROM',
        ),
      ];
    }
    const { reads } = touchedBy(f.name, [f], distributed);
    if (f.language !== 'sql' || f.arguments === 0 || reads.size === 0 || !usesArguments(f.body)) return [];
    return [
      blocks(
        f.name,
        `an SQL function with arguments reads ${[...reads].join(', ')}; Citus cannot plan it`,
        'write it in PL/pgSQL with RETURN QUERY',
      ),
    ];
  });
}

/** One statement that only compares the tenant with an argument is routed; a CTE or a sub-select in FROM is not. */
function usesArguments(body: string): boolean {
  return /\bFROM\s*\(|^\s*WITH\b/i.test(body);
}

function blocks(object: string, detail: string, mend: string): Obstacle {
  return { level: 'blocks', object, detail, mend };
}

function note(object: string, detail: string, mend: string): Obstacle {
  return { level: 'note', object, detail, mend };
}
