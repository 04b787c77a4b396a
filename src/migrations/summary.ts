import { splitStatements } from '../database/statements.ts';

/** What a migration does, counted from its statements. */
export interface MigrationSummary {
  readonly tables: number;
  readonly enums: number;
  readonly indexes: number;
  readonly foreignKeys: number;
  readonly checks: number;
  readonly policies: number;
  readonly functions: number;
  readonly triggers: number;
  readonly views: number;
  readonly statements: number;
  readonly createdTables: readonly string[];
  readonly createdEnums: readonly string[];
  readonly alteredTables: readonly string[];
}

interface Constraint {
  contype: string;
}
interface Named {
  relname: string;
  schemaname?: string;
}
interface TableParts {
  relation?: Named;
  tableElts?: { Constraint?: Constraint; ColumnDef?: { constraints?: { Constraint: Constraint }[] } }[];
  cmds?: { AlterTableCmd: { subtype: string; def?: { Constraint?: Constraint } } }[];
}

/**
 * Counts with PostgreSQL's grammar what the SQL makes; what a DO block composes at run time is not seen. Primary keys and
 * unique constraints count as indexes.
 */
export async function summarize(sql: string, file: string): Promise<MigrationSummary> {
  const statements = await splitStatements(sql, file);
  const of = (type: string) => statements.filter((s) => s.type === type);
  // The key table of the boundary belongs to the compiler, not to the models.
  const tables = of('CreateStmt').filter((s) => (s.node as TableParts).relation?.schemaname !== 'app');
  const alters = of('AlterTableStmt').map((s) => s.node as TableParts);
  const constraints = [
    ...tables.flatMap((s) =>
      ((s.node as TableParts).tableElts ?? []).flatMap((e) => [
        ...(e.Constraint ? [e.Constraint] : []),
        ...(e.ColumnDef?.constraints ?? []).map((c) => c.Constraint),
      ]),
    ),
    ...alters.flatMap((a) => (a.cmds ?? []).flatMap((c) => c.AlterTableCmd.def?.Constraint ?? [])),
  ];
  const kind = (...types: string[]) => constraints.filter((c) => types.includes(c.contype)).length;
  const createdTables = tables.map((s) => (s.node as TableParts).relation!.relname);
  const altered = new Set(
    alters.map((a) => a.relation?.relname ?? '').filter((t) => !createdTables.includes(t)),
  );
  return {
    tables: tables.length,
    enums: of('CreateEnumStmt').length,
    indexes: of('IndexStmt').length + kind('CONSTR_PRIMARY', 'CONSTR_UNIQUE'),
    foreignKeys: kind('CONSTR_FOREIGN'),
    checks: kind('CONSTR_CHECK'),
    policies: of('CreatePolicyStmt').filter((s) => (s.node.table as Named).schemaname !== 'app').length,
    functions: of('CreateFunctionStmt').length,
    triggers: of('CreateTrigStmt').length,
    views: of('ViewStmt').length,
    statements: statements.length,
    createdTables,
    createdEnums: of('CreateEnumStmt').map(
      (s) => (s.node.typeName as { String: { sval: string } }[]).at(-1)!.String.sval,
    ),
    alteredTables: [...altered].filter((t) => t !== 'context_keys').sort(),
  };
}
