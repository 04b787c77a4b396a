import type { ClientBase } from 'pg';
import { quoteIdent as q } from '../../../database/quote.ts';
import { LotlineError } from '../../../errors.ts';
import type { Boundary, BoundaryModel } from '../../boundary.ts';
import { userColumns } from '../declared.ts';
import type { Table } from '../subject/tables.ts';

/** The model through which a client is attacked: every member of a tenant may do everything with its rows. */
export interface ClientSubject {
  readonly table: Table;
  readonly model: string;
  /** Its name on a Prisma client. */
  readonly delegate: string;
  /** The column of the tenant, in SQL and in Prisma. */
  readonly tenantColumn: string;
  readonly tenant: string;
  /** The other column of the primary key. */
  readonly idColumn: string;
  readonly id: string;
  /** The one value that a row cannot do without, a text. */
  readonly labelColumn: string;
  readonly label: string;
}

/**
 * The first model of the boundary that asks nothing of a row but a text, and of whose rows the database has some.
 * @throws LotlineError `ATTACK_MODEL` where there is none.
 */
export async function chooseSubject(
  client: ClientBase,
  boundary: Boundary,
  tables: readonly Table[],
): Promise<ClientSubject> {
  for (const table of tables) {
    const found = subjectOf(boundary, table);
    if (!found) continue;
    const { rows } = await client.query(
      `SELECT count(DISTINCT ${q(found.tenantColumn)}) > 1 AS usable FROM ${table.sql}`,
    );
    if (rows[0].usable) return found;
  }
  throw new LotlineError(
    'ATTACK_MODEL',
    'No model can stand for the others: one is needed whose rows ask for one text only, with rows of two tenants.',
    'Seed the database, or attack the tables alone with --no-client.',
  );
}

function subjectOf({ roles }: Boundary, table: Table): ClientSubject | undefined {
  const { model } = table;
  const { tenantColumn } = model;
  if (model.scope !== 'tenant' || !tenantColumn || model.schema || userColumns(model, roles.app).length > 0)
    return undefined;
  const whole = ['select', 'insert', 'update', 'delete'].every((privilege) =>
    model.grants.some((g) => g.role === roles.app && g.privilege === privilege && !g.columns),
  );
  const id = table.primary.filter((c) => c !== tenantColumn);
  const asked = model.columns.filter(
    (c) => !c.nullable && c.default === undefined && c.column !== tenantColumn,
  );
  const field = (name: string) => model.columns.find((c) => c.column === name)?.field;
  const label = asked[0];
  if (
    !whole ||
    id.length !== 1 ||
    table.primary.length !== 2 ||
    asked.length !== 1 ||
    table.uniques.length > 0
  )
    return undefined;
  if (label?.type !== 'text' || label.enumName || !field(id[0]!)) return undefined;
  return {
    table,
    model: model.model,
    delegate: delegateOf(model),
    tenantColumn,
    tenant: field(tenantColumn)!,
    idColumn: id[0]!,
    id: field(id[0]!)!,
    labelColumn: label.column,
    label: label.field,
  };
}

export function delegateOf({ model }: Pick<BoundaryModel, 'model'>): string {
  return model.charAt(0).toLowerCase() + model.slice(1);
}
