import { type LintRule, relation } from './lint.ts';

interface AlterCommand {
  AlterTableCmd: {
    subtype: string;
    name?: string;
    def?: {
      ColumnDef?: { colname?: string; constraints?: { Constraint: { contype: string } }[] };
      Constraint?: { contype: string; conname?: string; skip_validation?: boolean };
    };
  };
}

/** Statements that reach beyond the database of the migration. */
const CLUSTER = [
  'CreateRoleStmt',
  'AlterRoleStmt',
  'AlterRoleSetStmt',
  'DropRoleStmt',
  'GrantRoleStmt',
  'AlterSystemStmt',
  'AlterDatabaseStmt',
  'AlterDatabaseSetStmt',
  'CreatedbStmt',
  'DropdbStmt',
  'CreateTableSpaceStmt',
];

/** One rule each; the first that fits a command of ALTER TABLE speaks for it. */
export const RULES: readonly LintRule[] = [
  alterTable((c, table) => {
    const added = c.def?.ColumnDef;
    switch (c.subtype) {
      case 'AT_DropColumn':
        return danger(
          'drop-column',
          `drops the column ${table}.${c.name} and what it holds`,
          'first release code that no longer reads it; keep a copy of the data',
        );
      case 'AT_AlterColumnType':
        return caution(
          'change-type',
          `changes the type of ${table}.${c.name}, which may rewrite the table under an exclusive lock`,
          'add a new column, copy in batches, then switch',
        );
      case 'AT_SetNotNull':
        return caution(
          'set-not-null',
          `makes ${table}.${c.name} NOT NULL, which reads the whole table under an exclusive lock`,
          'add a CHECK (… IS NOT NULL) NOT VALID first, validate it, then set NOT NULL',
        );
      case 'AT_AddColumn': {
        const kinds = (added?.constraints ?? []).map((k) => k.Constraint.contype);
        if (kinds.includes('CONSTR_NOTNULL') && !kinds.includes('CONSTR_DEFAULT')) {
          return danger(
            'add-required-column',
            `adds ${table}.${added?.colname} as NOT NULL without default, which fails where the table has rows`,
            'give a default, or add it as nullable, fill it, then set NOT NULL',
          );
        }
        return undefined;
      }
      case 'AT_AddConstraint': {
        const k = c.def?.Constraint;
        if (!k || k.skip_validation || !['CONSTR_CHECK', 'CONSTR_FOREIGN'].includes(k.contype))
          return undefined;
        return caution(
          'validate-constraint',
          `adds ${k.conname ?? 'a constraint'} to ${table} and reads the whole table under a lock`,
          'on a large table add it NOT VALID and validate it in the next migration',
        );
      }
      case 'AT_DisableRowSecurity':
      case 'AT_NoForceRowSecurity':
        return danger(
          'open-boundary',
          `takes row security off ${table}`,
          'leave it on; change the policy instead',
        );
      default:
        return undefined;
    }
  }),
  ({ statement: { type, node }, created }) => {
    if (type !== 'IndexStmt' || created.has(relation(node.relation)) || node.concurrent) return undefined;
    return caution(
      'index-locks-writes',
      `builds an index on ${relation(node.relation)} and holds up writes until it is ready`,
      'apply it at a quiet time; on a large table build it by hand with CREATE INDEX CONCURRENTLY first and write CREATE INDEX IF NOT EXISTS here',
    );
  },
  ({ statement: { type, node } }) => {
    if (type !== 'DropStmt') return undefined;
    const what = String(node.removeType);
    if (what === 'OBJECT_TABLE')
      return danger(
        'drop-table',
        'drops a table and what it holds',
        'keep a copy of the data; release code that no longer uses it first',
      );
    if (what === 'OBJECT_TYPE')
      return danger('drop-type', 'drops a type', 'make sure that no client still sends its values');
    return undefined;
  },
  ({ statement: { type } }) =>
    type === 'TruncateStmt'
      ? danger('truncate', 'empties a table of every tenant', 'delete with a condition')
      : undefined,
  ({ statement: { type, node } }) => {
    if (type !== 'RenameStmt') return undefined;
    return caution(
      'rename',
      `renames ${relation(node.relation)} or a part of it, which breaks clients that still run`,
      'add the new name, move the clients, then drop the old one',
    );
  },
  ({ statement: { type, node } }) => {
    if (type !== 'TransactionStmt') return undefined;
    return danger(
      'transaction-nesting',
      `writes ${String(node.kind).replace('TRANS_STMT_', '')}, which ends the transaction that makes the migration atomic`,
      'leave it out',
    );
  },
  ({ statement: { type } }) => {
    if (!CLUSTER.includes(type)) return undefined;
    return danger(
      'cluster-wide',
      'changes the whole server, also where the migration is only rehearsed',
      'make it a step of the administrator’s, outside the migrations',
    );
  },
  ({ statement: { type, node } }) => {
    const grantees =
      type === 'GrantStmt' && node.is_grant ? (node.grantees as { RoleSpec: { roletype: string } }[]) : [];
    if (!grantees.some((g) => g.RoleSpec.roletype === 'ROLESPEC_PUBLIC')) return undefined;
    return danger('grant-public', 'grants a privilege to PUBLIC', 'grant it to the role that needs it');
  },
  ({ statement: { type, node } }) => {
    if (type !== 'VariableSetStmt' || !String(node.name ?? '').startsWith('app.')) return undefined;
    return danger('raw-context', `sets ${node.name} by hand`, 'use SELECT app.set_context(token)');
  },
  ({ statement: { type, text } }) => {
    if (type !== 'AlterEnumStmt' || !/\bADD\s+VALUE\b/i.test(text)) return undefined;
    return caution(
      'enum-value',
      'adds a value to an enum, which cannot be used before the migration has committed',
      'use it in a later migration only',
    );
  },
];

type Say = Omit<ReturnType<LintRule> & object, never>;

function danger(rule: string, message: string, remedy: string): Say {
  return { rule, level: 'danger', message, remedy };
}

function caution(rule: string, message: string, remedy: string): Say {
  return { rule, level: 'caution', message, remedy };
}

function alterTable(
  look: (command: AlterCommand['AlterTableCmd'], table: string) => Say | undefined,
): LintRule {
  return ({ statement: { type, node }, created }) => {
    const table = relation(node.relation);
    if (type !== 'AlterTableStmt' || created.has(table)) return undefined;
    for (const { AlterTableCmd } of (node.cmds as AlterCommand[] | undefined) ?? []) {
      const finding = look(AlterTableCmd, table);
      if (finding) return finding;
    }
    return undefined;
  };
}
