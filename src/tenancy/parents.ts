import { quoteIdent as q } from '../database/quote.ts';
import type { Parent } from './boundary.ts';
import { columnName } from './columns.ts';
import type { DmmfModel, Draft } from './compile.ts';
import { expandTokens } from './expression.ts';
import { parentWays } from './scope-argument.ts';

/** The single-column key of a model as SQL names it; undefined where the key has several columns. */
export function singleKey(model: DmmfModel): string | undefined {
  const field = model.fields.find((f) => f.isId);
  if (field) return columnName(field);
  const [name, ...more] = model.primaryKey?.fields ?? [];
  const only = model.fields.find((f) => f.name === name);
  return only && more.length === 0 ? columnName(only) : undefined;
}

/**
 * The parents that a `child` names, by its relations or, where a way says `-> table`, by that table's key.
 * A string is the fault, for a person to read.
 */
export function parentsOf(draft: Draft, drafts: readonly Draft[]): Parent[] | string {
  const parents: Parent[] = [];
  for (const way of parentWays(draft.scope.argument ?? '')) {
    const toColumn = (model: DmmfModel, name: string) =>
      columnName(model.fields.find((f) => f.name === name)!);
    const relation = draft.model.fields.find((f) => {
      const from = f.relationFromFields ?? [];
      return (
        from.length === way.columns.length &&
        from.every((n, i) => toColumn(draft.model, n) === way.columns[i])
      );
    });
    const target = way.table
      ? drafts.find((d) => d.table === way.table)
      : drafts.find((d) => d.model.name === relation?.type);
    if (!target) return `no relation of ${draft.model.name} is made of ${way.columns.join(', ')}`;
    const key = singleKey(target.model);
    const columns = way.table
      ? key && [key]
      : relation!.relationToFields!.map((n) => toColumn(target.model, n));
    if (!columns || columns.length !== way.columns.length)
      return `${way.columns.join(', ')} is not the key of ${target.table}`;
    parents.push({ columns: way.columns, target: target.model.name, targetColumns: columns });
  }
  return parents;
}

/** What the condition on a parent needs to know of a table. */
export type Known = Pick<Draft, 'table' | 'schema' | 'tenantColumn' | 'scope'> & {
  readonly tenantKey?: string;
};

/**
 * The condition under which a child's row is seen: its parent is. The parent's own policies decide, for the sub-select
 * runs under them; the tenant is compared once more where the parent carries it.
 * @param parents alternatives; one at least must be filled, and every one that is filled must be seen.
 */
export function childCondition(
  table: string,
  parents: readonly (Parent & { readonly known: Known })[],
  every = false,
): string {
  const conditions = parents.map((parent) => {
    const seen = parentSeen(table, parent);
    return parents.length === 1 || every ? seen : `(${absent(table, parent)} OR ${seen})`;
  });
  if (parents.length === 1 || every) return conditions.join(' AND ');
  return [`NOT (${parents.map((p) => absent(table, p)).join(' AND ')})`, ...conditions].join(' AND ');
}

function absent(table: string, { columns }: Parent): string {
  return columns.map((c) => `${q(table)}.${q(c)} IS NULL`).join(' OR ');
}

function parentSeen(table: string, { columns, targetColumns, known }: Parent & { known: Known }): string {
  const alias = table === 'parent' ? 'parent_row' : 'parent';
  const target = known.schema ? `${q(known.schema)}.${q(known.table)}` : q(known.table);
  const joins = columns.map((c, i) => `${alias}.${q(targetColumns[i]!)} = ${q(table)}.${q(c)}`);
  const carries = ['tenant', 'tenant-user', 'ingest', 'tenant-root'].includes(known.scope.scope);
  const tenant = carries ? known.tenantKey : undefined;
  const own = tenant ? [`${alias}.${expandTokens('ORG', tenant, 'postgres')}`] : [];
  return `EXISTS (SELECT FROM ${target} AS ${alias} WHERE ${[...joins, ...own].join(' AND ')})`;
}
