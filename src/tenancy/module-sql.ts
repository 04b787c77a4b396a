import { type Statement, splitStatements } from '../database/statements.ts';
import { LotlineError } from '../errors.ts';
import type { SchemaFile } from './scanner.ts';

/**
 * A function, trigger or view that stands in an SQL file beside the models, a table of a schema beside Prisma's, or a schema
 * that is handed to the platform role.
 */
export interface SqlObject {
  /** As the catalogue names it: `function app.notify`, `trigger organizations.keep_an_owner`, `table auth.sessions`. */
  readonly key: string;
  readonly kind: 'function' | 'trigger' | 'view' | 'table' | 'index' | 'schema';
  readonly name: string;
  readonly file: string;
  readonly sql: string;
  readonly definer: boolean;
  /** IMMUTABLE functions stand before the tables, whose checks and defaults may call them. */
  readonly immutable: boolean;
  /** Trigger functions are called by the server; nobody needs EXECUTE. */
  readonly callable: boolean;
}

type Names = { String: { sval: string } }[];

/**
 * Reads the SQL files of the modules.
 * @throws LotlineError `SQL_INVALID` for what is no SQL, other statements, overloads, open search_path.
 */
export async function readModuleSql(files: readonly SchemaFile[]): Promise<SqlObject[]> {
  const objects: SqlObject[] = [];
  for (const [file, text] of files) {
    for (const statement of await splitStatements(text, file)) {
      const object = objectOf(statement, file);
      if (object) {
        const twin = objects.find((o) => o.key === object.key);
        if (twin)
          throw invalid(
            file,
            statement,
            `${object.key} is defined already in ${twin.file}; functions are not overloaded`,
          );
        objects.push(object);
      } else if (
        ['AlterTableStmt', 'GrantStmt'].includes(statement.type) &&
        objects.at(-1)?.kind === 'view'
      ) {
        const view = objects.pop()!;
        objects.push({ ...view, sql: `${view.sql}\n${statement.text}` });
      } else {
        throw invalid(
          file,
          statement,
          `${statement.type} does not belong here; write CREATE FUNCTION, TRIGGER or VIEW, CREATE TABLE and INDEX in a schema of its own, or CREATE SCHEMA … AUTHORIZATION`,
        );
      }
    }
  }
  return objects;
}

function objectOf(statement: Statement, file: string): SqlObject | undefined {
  const { type, node, text } = statement;
  const base = { file, definer: false, immutable: false, callable: false };
  if (type === 'CreateFunctionStmt') {
    const name = (node.funcname as Names).map((n) => n.String.sval).join('.');
    const options = functionOptions(node);
    if (!name.startsWith('app.'))
      throw invalid(file, statement, `function ${name} belongs to the schema app`);
    if (!options.pinned) throw invalid(file, statement, `function ${name} needs SET search_path = ''`);
    const sql = text.replace(/\bCREATE\s+FUNCTION\b/i, 'CREATE OR REPLACE FUNCTION');
    return { ...base, ...options, key: `function ${name}`, kind: 'function', name, sql };
  }
  if (type === 'CreateTrigStmt') {
    const { schemaname, relname } = node.relation as { schemaname?: string; relname: string };
    // The catalogue names what is not Prisma's with its schema.
    const table = !schemaname || schemaname === 'public' ? relname : `${schemaname}.${relname}`;
    return {
      ...base,
      key: `trigger ${table}.${node.trigname}`,
      kind: 'trigger',
      name: `${node.trigname} ON ${table}`,
      sql: text,
    };
  }
  if (type === 'ViewStmt') {
    const name = (node.view as { relname: string }).relname;
    return { ...base, key: `view ${name}`, kind: 'view', name, sql: text };
  }
  if (type === 'CreateSchemaStmt') return handedSchema(statement, base);
  if (type === 'CreateStmt' || type === 'IndexStmt') return besideObject(statement, base);
  return undefined;
}

/** `CREATE SCHEMA x AUTHORIZATION role`: its tables are made by a program that logs in as the role. */
function handedSchema(
  { node, text }: Statement,
  base: Omit<SqlObject, 'key' | 'kind' | 'name' | 'sql'>,
): SqlObject | undefined {
  const name = String(node.schemaname ?? '');
  if (!name || !node.authrole || node.schemaElts || name === 'public' || name === 'app') return undefined;
  const sql = text.replace(/\bCREATE\s+SCHEMA\b/i, 'CREATE SCHEMA IF NOT EXISTS');
  return { ...base, key: `schema ${name}`, kind: 'schema', name, sql };
}

/** A table, or an index on one, of a schema that is neither Prisma's nor the functions'. */
function besideObject(
  { type, node, text }: Statement,
  base: Omit<SqlObject, 'key' | 'kind' | 'name' | 'sql'>,
) {
  const { schemaname: schema, relname } = node.relation as { schemaname?: string; relname: string };
  if (!schema || schema === 'public' || schema === 'app') return undefined;
  if (type === 'CreateStmt') {
    const name = `${schema}.${relname}`;
    const sql = text.replace(/\bCREATE\s+TABLE\b/i, 'CREATE TABLE IF NOT EXISTS');
    return { ...base, key: `table ${name}`, kind: 'table' as const, name, sql };
  }
  const index = String(node.idxname ?? '');
  const sql = text.replace(/\bCREATE\s+(UNIQUE\s+)?INDEX\b/i, 'CREATE $1INDEX IF NOT EXISTS');
  return { ...base, key: `index ${index}`, kind: 'index' as const, name: `${schema}.${index}`, sql };
}

interface DefElem {
  DefElem: {
    defname: string;
    arg?: { String?: { sval: string }; Boolean?: { boolval?: boolean }; VariableSetStmt?: { name: string } };
  };
}

function functionOptions(node: Record<string, unknown>) {
  const options = ((node.options as DefElem[] | undefined) ?? []).map((o) => o.DefElem);
  const returned = (node.returnType as { names: Names } | undefined)?.names.at(-1)?.String.sval;
  return {
    definer: options.some((o) => o.defname === 'security' && o.arg?.Boolean?.boolval === true),
    immutable: options.some((o) => o.defname === 'volatility' && o.arg?.String?.sval === 'immutable'),
    pinned: options.some((o) => o.defname === 'set' && o.arg?.VariableSetStmt?.name === 'search_path'),
    callable: returned !== 'trigger',
  };
}

function invalid(file: string, { line }: Statement, message: string): LotlineError {
  return new LotlineError(
    'SQL_INVALID',
    `${file}:${line}: ${message}`,
    'docs/annotations.md says what these files hold',
  );
}
