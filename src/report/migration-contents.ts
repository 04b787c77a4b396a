import { loadModule, parseSync } from 'libpg-query';
import type { Migration } from '../migrations/index.ts';
import type { MigrationFacts } from './step.ts';

/** What a migration makes, as PostgreSQL's own grammar reads it; what a DO block composes at run time is not seen. */
export interface MigrationContents {
  /** Names, with the schema where the statement has one. */
  readonly tables: readonly string[];
  readonly enums: readonly string[];
  readonly facts: MigrationFacts;
}

type Node = Record<string, unknown>;

/** What each migration adds to those before it: a table that is there already is not made again by IF NOT EXISTS. */
export async function migrationContents(migrations: readonly Migration[]): Promise<MigrationContents[]> {
  await loadModule();
  const known = new Set<string>();
  return migrations.map(({ name, sql }) => {
    const statements = (parseSync(sql) as { stmts?: { stmt: Node }[] }).stmts ?? [];
    const of = (type: string) => statements.flatMap(({ stmt }) => (type in stmt ? [stmt[type] as Node] : []));
    const made = of('CreateStmt').filter((node) => !known.has(tableName(node)));
    const constraints = [...made, ...of('AlterTableStmt')].flatMap(constraintTypes);
    const count = (type: string) => constraints.filter((c) => c === type).length;
    const tables = made.map(tableName);
    for (const table of tables) known.add(table);
    return {
      tables,
      enums: of('CreateEnumStmt').map(enumName),
      facts: {
        name,
        tables: tables.length,
        indexes: of('IndexStmt').length,
        foreignKeys: count('CONSTR_FOREIGN'),
        checks: count('CONSTR_CHECK'),
        policies: of('CreatePolicyStmt').length,
      },
    };
  });
}

function tableName(node: Node): string {
  const { schemaname, relname } = node.relation as { schemaname?: string; relname: string };
  return schemaname && schemaname !== 'public' ? `${schemaname}.${relname}` : relname;
}

function enumName(node: Node): string {
  const parts = node.typeName as { String: { sval: string } }[];
  return parts.at(-1)?.String.sval ?? '';
}

/** Types of the constraints below a node: of columns, of the table, and added ones alike. */
function constraintTypes(node: unknown): string[] {
  if (Array.isArray(node)) return node.flatMap(constraintTypes);
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([key, value]) => {
    if (key !== 'Constraint') return constraintTypes(value);
    return [(value as { contype: string }).contype];
  });
}
