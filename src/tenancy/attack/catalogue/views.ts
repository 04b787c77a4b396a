import type { ClientBase } from 'pg';
import { quoteIdent as q } from '../../../database/quote.ts';
import { sqlName } from '../../checks/facts/names.ts';
import { readTables } from '../../checks/facts/tables.ts';
import type { SqlObject } from '../../module-sql.ts';
import { declaredCondition } from '../declared.ts';
import type { Subject, TablePlan } from '../plan.ts';
import type { Probe } from '../probe.ts';
import type { Stage } from '../session.ts';
import { otherRoles } from './rights.ts';

/** A view as it is declared: its query, and whose policies the query is under. */
interface DeclaredView {
  readonly name: string;
  readonly sql: string;
  readonly query: string;
  readonly owner: string;
  readonly invoker: boolean;
  readonly readers: readonly string[];
}

function declaredViews({ boundary }: Subject, objects: readonly SqlObject[]): DeclaredView[] {
  return objects
    .filter((o) => o.kind === 'view')
    .map((o) => ({
      name: o.name,
      sql: sqlName(o.name.replace(/^public\./, '')),
      query: /\bAS\s+(SELECT[^;]*)/i.exec(o.sql)?.[1] ?? '',
      owner: /OWNER TO (\w+)/i.exec(o.sql)?.[1] ?? boundary.roles.owner,
      invoker: /security_invoker(?!\s*=\s*(false|off))/i.test(o.sql),
      readers: (/GRANT SELECT ON \S+ TO ([\w, ]+)/i.exec(o.sql)?.[1] ?? '').split(/,\s*/).filter(Boolean),
    }));
}

/**
 * Every view of the catalogue: who reads it sees exactly what the declared query gives over the rows that the declared
 * policies show to its owner, or to the reader where it is an invoker's. A view that nothing declares is a gap.
 */
export async function viewProbes(
  client: ClientBase,
  subject: Subject,
  plans: ReadonlyMap<string, TablePlan>,
  objects: readonly SqlObject[],
): Promise<{ probes: Probe[]; stages: Stage[]; gaps: string[] }> {
  const live = (await readTables(client)).filter((t) => ['v', 'm', 'f'].includes(t.kind));
  const declared = declaredViews(subject, objects);
  const known = new Set(declared.map((v) => v.name.replace(/^public\./, '')));
  const gaps = live.filter((t) => !known.has(t.label)).map((t) => `the view ${t.label} is declared nowhere`);
  const probes: Probe[] = [];
  const stages: Stage[] = [];
  for (const view of declared) {
    const actors = plans.values().next().value?.targets ?? [];
    for (const { actor } of actors) {
      if (actor.invalid || actor.refused || actor.enter.includes('SET LOCAL app.')) continue;
      const allowed = view.readers.includes(actor.role);
      const { rows } = await client.query<{ seen: string | null; n: number }>(
        seenSql(truthful(subject, view, view.invoker ? actor.role : view.owner, actor.context)).replace(
          'count(*)::int AS rows',
          'count(*)::int AS n',
        ),
      );
      probes.push({
        family: 'views',
        object: view.name,
        operation: 'select',
        actor: actor.name,
        control: allowed && rows[0]!.n > 0,
        role: actor.role,
        enter: actor.enter,
        statement: seenSql(view.sql),
        expect: allowed ? { rows: rows[0]!.n, seen: String(rows[0]!.seen) } : { refused: '42501' },
      });
    }
    for (const role of otherRoles(subject.boundary.roles))
      for (const [operation, statement] of [
        ['insert', `INSERT INTO ${view.sql} DEFAULT VALUES`],
        ['update', `UPDATE ${view.sql} SET ${q(await firstColumn(client, view))} = NULL`],
        ['delete', `DELETE FROM ${view.sql}`],
      ] as const)
        if (role !== view.owner)
          probes.push({
            family: 'views',
            object: view.name,
            operation,
            actor: role,
            role,
            enter: '',
            statement,
            expect: { refused: '42501' },
          });
    const barrier = await barrierStage(client, subject, view);
    if (barrier) stages.push(barrier, await conditionlessStage(client, subject, view));
  }
  return { probes, stages, gaps };
}

const seenSql = (source: string) =>
  `SELECT count(*)::int AS rows, md5(string_agg(v::text, ',' ORDER BY v::text COLLATE "C")) AS seen FROM ${source} v`;

/** The declared query over the rows that `role` may see. */
function truthful(
  { boundary }: Subject,
  view: DeclaredView,
  role: string,
  context: Parameters<typeof declaredCondition>[3],
): string {
  const query = view.query.replace(/\b(?:public\.)?(\w+)(?=\s+AS\s)/gi, (whole, table: string) => {
    const model = boundary.models.find((m) => m.table === table);
    return model
      ? `(SELECT * FROM public.${table} WHERE ${declaredCondition(model, role, 'select', context)})`
      : whole;
  });
  return `(${query})`;
}

async function firstColumn(client: ClientBase, view: DeclaredView): Promise<string> {
  const { rows } = await client.query<{ name: string }>(
    'SELECT attname AS name FROM pg_attribute WHERE attrelid = $1::regclass AND attnum = 1',
    [view.sql],
  );
  return rows[0]!.name;
}

/** The policies alone: without the view’s own condition it shows what its owner’s policies admit, and no more. */
async function conditionlessStage(client: ClientBase, subject: Subject, view: DeclaredView): Promise<Stage> {
  const open = { ...view, query: view.query.replace(/\s+WHERE[\s\S]*$/i, '') };
  const reader = view.readers[0] ?? subject.boundary.roles.app;
  const { rows } = await client.query<{ seen: string | null; rows: number }>(
    seenSql(truthful(subject, open, view.owner, {})),
  );
  return {
    name: 'the policies of a view alone',
    change: `CREATE OR REPLACE VIEW ${view.sql} AS ${open.query}`,
    probes: [
      {
        family: 'views',
        object: view.name,
        operation: 'policies alone',
        actor: reader,
        role: reader,
        enter: '',
        statement: seenSql(view.sql),
        expect: { rows: rows[0]!.rows, seen: String(rows[0]!.seen) },
      },
    ],
  };
}

/**
 * The barrier alone: with the policies of the view's owner opened, a reader's own function, which claims to cost
 * nothing, must still not be shown rows that the view leaves out.
 */
async function barrierStage(
  client: ClientBase,
  { boundary }: Subject,
  view: DeclaredView,
): Promise<Stage | undefined> {
  const bases = boundary.models.filter((m) => new RegExp(`\\b${m.table}\\b`).test(view.query));
  const policies = bases.flatMap((m) =>
    m.policies
      .filter((p) => p.roles.includes(view.owner) && p.operation === 'select')
      .map((p) => `ALTER POLICY ${q(p.name)} ON public.${m.table} USING (true)`),
  );
  if (view.invoker || policies.length === 0) return undefined;
  const column = await firstColumn(client, view);
  const reader = view.readers[0] ?? boundary.roles.app;
  const all = /\bFROM\s+(?:public\.)?(\w+)/i.exec(view.query)![1]!;
  return {
    name: 'the barrier alone',
    change: `${policies.join('; ')}; CREATE SCHEMA attack_lab;
      CREATE SEQUENCE attack_lab.looked; GRANT USAGE ON SCHEMA attack_lab TO PUBLIC; GRANT ALL ON SEQUENCE attack_lab.looked TO PUBLIC;
      CREATE FUNCTION attack_lab.look(anyelement) RETURNS boolean LANGUAGE plpgsql VOLATILE COST 0.00001 AS 'BEGIN RETURN nextval(''attack_lab.looked'') > 0; END'; GRANT EXECUTE ON FUNCTION attack_lab.look TO PUBLIC`,
    probes: [
      {
        family: 'views',
        object: view.name,
        operation: 'barrier',
        actor: reader,
        role: reader,
        enter: '',
        statement: `SELECT count(*)::int AS rows FROM ${view.sql} WHERE attack_lab.look(${q(column)})`,
        expect: {
          rows: (await client.query<{ n: number }>(`SELECT count(*)::int AS n FROM (${view.query}) v`))
            .rows[0]!.n,
        },
        afterwards: `SELECT last_value AS looked FROM attack_lab.looked WHERE last_value > (SELECT count(*) FROM (${view.query}) v) AND (SELECT count(*) FROM public.${all}) > (SELECT count(*) FROM (${view.query}) v)`,
      },
    ],
  };
}
