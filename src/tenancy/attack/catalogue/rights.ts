import { quoteIdent as q, quoteLiteral } from '../../../database/quote.ts';
import type { Roles } from '../../boundary.ts';
import { STRANGER } from '../actors.ts';
import type { Subject } from '../plan.ts';
import type { Probe } from '../probe.ts';
import type { Table } from '../subject/tables.ts';

/** Every role that is not the owner. */
export function otherRoles({ app, ingest, platform, readers }: Roles): string[] {
  return [app, ingest, platform, ...readers, STRANGER];
}

const LAB = 'attack_lab';
const ALTERATIONS: readonly [
  operation: string,
  statement: (t: Table) => string,
  prepare?: (role: string) => string,
][] = [
  ['truncate', (t) => `TRUNCATE ${t.sql} CASCADE`],
  ['alter', (t) => `ALTER TABLE ${t.sql} DISABLE ROW LEVEL SECURITY`],
  ['alter', (t) => `ALTER TABLE ${t.sql} NO FORCE ROW LEVEL SECURITY`],
  ['alter', (t) => `ALTER TABLE ${t.sql} DISABLE TRIGGER ALL`],
  ['alter', (t) => `DROP TABLE ${t.sql} CASCADE`],
  ['alter', (t) => `CREATE INDEX ON ${t.sql} (${t.primary.map(q).join(', ')})`],
  ['policy', (t) => `CREATE POLICY attack ON ${t.sql} USING (true)`],
  ['rule', (t) => `CREATE RULE attack AS ON UPDATE TO ${t.sql} DO INSTEAD NOTHING`],
  [
    'trigger',
    (t) => `CREATE TRIGGER attack BEFORE INSERT ON ${t.sql} FOR EACH ROW EXECUTE FUNCTION ${LAB}.spring()`,
    (role) =>
      `CREATE SCHEMA ${LAB} AUTHORIZATION ${q(role)}; CREATE FUNCTION ${LAB}.spring() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'; GRANT EXECUTE ON FUNCTION ${LAB}.spring() TO ${q(role)}`,
  ],
  [
    'references',
    (t) => {
      const columns = t.primary.map((c) => `${q(c)} ${t.columns.find((x) => x.name === c)!.type}`);
      const key = t.primary.map(q).join(', ');
      return `CREATE TABLE ${LAB}.probe (${columns.join(', ')}, FOREIGN KEY (${key}) REFERENCES ${t.sql} (${key}))`;
    },
    (role) => `CREATE SCHEMA ${LAB} AUTHORIZATION ${q(role)}`,
  ],
  [
    'inherit',
    (t) => `CREATE TABLE ${LAB}.probe () INHERITS (${t.sql})`,
    (role) => `CREATE SCHEMA ${LAB} AUTHORIZATION ${q(role)}`,
  ],
];

/** What no role but the owner may do to a table, even with a schema of its own. */
export function alterationProbes({ boundary }: Subject, table: Table): Probe[] {
  return otherRoles(boundary.roles).flatMap((role) => [
    ...ALTERATIONS.map(
      ([operation, statement, prepare]): Probe => ({
        family: 'alterations',
        object: table.label,
        operation,
        actor: role,
        role,
        enter: '',
        ...(prepare ? { prepare: prepare(role) } : {}),
        statement: statement(table),
        expect: { refused: '42501' },
      }),
    ),
    {
      family: 'alterations',
      object: table.label,
      operation: 'grant',
      actor: role,
      role,
      enter: '',
      // Without the option to grant it is a warning, and nothing may have been granted.
      statement: `GRANT ALL ON ${table.sql} TO ${STRANGER}`,
      expect: { either: [{ refused: '42501' }, { rows: 0 }] },
      afterwards: `SELECT 'granted' AS gone WHERE has_table_privilege('${STRANGER}', '${table.sql}', 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER')`,
    },
  ]);
}

const PRIVILEGES = ['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER'];

/** Privileges of every role on every column, exactly as declared: no more, no fewer. */
export function privilegeProbe({ boundary }: Subject, table: Table, superuser: string): Probe {
  const { roles } = boundary;
  const columns = table.columns.map((c) => c.name);
  const wanted = otherRoles(roles).flatMap((role) =>
    table.model.grants
      .filter((g) => g.role === role)
      .flatMap((g) => {
        const privilege = g.privilege.toUpperCase();
        if (privilege === 'DELETE') return [[role, privilege, '']];
        return (g.columns ?? columns).map((c) => [role, privilege, c]);
      }),
  );
  const list = (values: string[]) => values.map((v) => quoteLiteral(v)).join(', ');
  const expected =
    wanted.length > 0
      ? `VALUES ${wanted.map((w) => `(${list(w)})`).join(', ')}`
      : "SELECT '', '', '' WHERE false";
  const name = quoteLiteral(table.sql);
  const live = `
    SELECT r, p, c FROM unnest(ARRAY[${list(otherRoles(roles))}]) r, unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'REFERENCES']) p,
      unnest(ARRAY[${list(columns)}]) c WHERE has_column_privilege(r, ${name}, c, p)
    UNION ALL
    SELECT r, p, '' FROM unnest(ARRAY[${list(otherRoles(roles))}]) r, unnest(ARRAY[${list(PRIVILEGES.filter((p) => !['SELECT', 'INSERT', 'UPDATE', 'REFERENCES'].includes(p)))}]) p
    WHERE has_table_privilege(r, ${name}, p)
    UNION ALL
    SELECT r, p || ' WITH GRANT OPTION', '' FROM unnest(ARRAY[${list(otherRoles(roles))}]) r, unnest(ARRAY[${list(PRIVILEGES)}]) p
    WHERE has_table_privilege(r, ${name}, p || ' WITH GRANT OPTION')`;
  return {
    family: 'privileges',
    object: table.label,
    operation: 'privileges',
    actor: 'every role',
    role: superuser,
    enter: '',
    statement: `WITH live (r, p, c) AS (${live}), wanted (r, p, c) AS (${expected})
      (SELECT * FROM live EXCEPT SELECT * FROM wanted) UNION ALL (SELECT * FROM wanted EXCEPT SELECT * FROM live)`,
    expect: { rows: 0 },
  };
}

/** The planner’s statistics show values of rows; nobody but a superuser may read those of a table under row security. */
export function statisticsProbes({ boundary }: Subject, table: Table, superuser: string): Probe[] {
  const [schema = 'public', name = table.label] = table.label.includes('.')
    ? table.label.split('.')
    : ['public', table.label];
  const statement = `SELECT count(*)::int AS rows FROM pg_stats WHERE schemaname = '${schema}' AND tablename IN
    ('${name}', (SELECT min(relname) FROM pg_index JOIN pg_class c ON c.oid = indexrelid WHERE indrelid = '${table.sql}'::regclass AND indexprs IS NOT NULL))`;
  const base = { family: 'statistics', object: table.label, operation: 'statistics', enter: '', statement };
  return [boundary.roles.app, boundary.roles.ingest, boundary.roles.platform]
    .map((role): Probe => ({ ...base, actor: role, role, expect: { rows: 0 } }))
    .concat({
      ...base,
      actor: 'a superuser',
      control: true,
      role: superuser,
      statement: `SELECT (count(*) > 0)::int AS rows FROM (${statement.replace('count(*)::int AS rows', '1')}) s`,
      expect: { rows: 1 },
    });
}
