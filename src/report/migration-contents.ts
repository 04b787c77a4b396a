import { splitStatements } from '../database/statements.ts';
import type { Migration } from '../migrations/index.ts';
import type { MigrationFacts } from './step.ts';

/** What a migration makes, as PostgreSQL's own grammar reads it; what a DO block composes at run time is not seen. */
export interface MigrationContents {
  /** Names without schema. */
  readonly tables: readonly string[];
  readonly enums: readonly string[];
  readonly facts: MigrationFacts;
}

type Node = Record<string, unknown>;

/** @throws LotlineError `SQL_INVALID` where the migration is no SQL. */
export async function migrationContents(migration: Migration): Promise<MigrationContents> {
  const statements = await splitStatements(migration.sql, migration.path);
  const of = (type: string) => statements.filter((s) => s.type === type).map((s) => s.node);
  const tables = of('CreateStmt').map((node) => (node.relation as { relname: string }).relname);
  const constraints = [...of('CreateStmt'), ...of('AlterTableStmt')].flatMap(constraintTypes);
  const count = (type: string) => constraints.filter((c) => c === type).length;
  return {
    tables,
    enums: of('CreateEnumStmt').map(enumName),
    facts: {
      name: migration.name,
      tables: tables.length,
      indexes: of('IndexStmt').length,
      foreignKeys: count('CONSTR_FOREIGN'),
      checks: count('CONSTR_CHECK'),
      policies: of('CreatePolicyStmt').length,
    },
  };
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
