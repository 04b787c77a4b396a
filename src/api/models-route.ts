import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import type { Boundary } from '../tenancy/index.ts';
import type { DataApi, DataModel } from './data/index.ts';
import type { Env } from './env.ts';
import { still } from './pages/still.ts';
import { PROBLEMS } from './problems.ts';

const Field = z.object({
  name: z.string(),
  column: z.string(),
  type: z.string().describe('As PostgreSQL has it'),
  kind: z.string(),
  list: z.boolean(),
  values: z.array(z.string()).optional().describe('Of an enum'),
  nullable: z.boolean(),
  hasDefault: z.boolean(),
  description: z.string(),
  check: z.string().optional(),
  creatable: z.boolean(),
  updatable: z.boolean(),
  required: z.boolean(),
  sortable: z.boolean(),
  closed: z.string().optional().describe('Why it cannot be written, and the way that is open'),
});
const Relation = z.object({ name: z.string(), target: z.string(), list: z.boolean() });
const ForeignKey = z.object({
  field: z.string(),
  target: z.string(),
  fields: z.array(z.string()),
  onDelete: z.string(),
});
const Key = z.object({ kind: z.string(), columns: z.array(z.string()), where: z.string().optional() });
const Policy = z.object({
  name: z.string(),
  operation: z.string(),
  roles: z.array(z.string()),
  permissive: z.boolean(),
  using: z.string().optional(),
  check: z.string().optional(),
});
const Grant = z.object({ role: z.string(), privilege: z.string(), columns: z.array(z.string()).optional() });

const Models = z
  .object({
    models: z.array(
      z.object({
        name: z.string(),
        table: z.string(),
        module: z.string(),
        scope: z.string(),
        description: z.string(),
        tenantColumn: z.string().optional(),
        collection: z.string().nullable().describe('Of the data API; null where tenants cannot read it'),
        read: z.string().nullable().describe('The permission to read it'),
        write: z.string().nullable(),
        feature: z.string().nullable().describe('What the plan must include to read it'),
        may: z.object({ create: z.boolean(), update: z.boolean(), delete: z.boolean() }),
        key: z.array(z.string()).describe('Fields that name a row within its tenant'),
        fields: z.array(Field),
        relations: z.array(Relation),
        foreignKeys: z.array(ForeignKey),
        keys: z.array(Key),
        checks: z.array(z.object({ name: z.string(), sql: z.string() })),
        policies: z.array(Policy),
        grants: z.array(Grant),
      }),
    ),
  })
  .openapi('Models');

type Described = z.infer<typeof Models>['models'][number];

/** What there is: every model with fields, keys, checks and policies, as the compiled boundary has them. The same for everybody. */
export function modelsRoute(
  boundary: Boundary,
  { collections }: Pick<DataApi, 'collections'>,
): OpenAPIHono<Env> {
  const app = new OpenAPIHono<Env>();
  let answer: ReturnType<typeof still> | undefined;
  app.openapi(
    createRoute({
      method: 'get',
      path: '/v1/models',
      operationId: 'listModels',
      summary: 'All models with fields, keys, checks and policies',
      tags: ['sign-in'],
      responses: {
        ...PROBLEMS('get'),
        200: { description: 'The models', content: { 'application/json': { schema: Models } } },
      },
    }),
    ((c: never) => {
      answer ??= still(
        Buffer.from(JSON.stringify({ models: describeModels(boundary, collections) })),
        'application/json',
      );
      return answer(c);
    }) as never,
  );
  return app;
}

function describeModels(boundary: Boundary, collections: DataApi['collections']): Described[] {
  const open = new Map([...collections.values()].map((m) => [m.name, m]));
  return boundary.models
    .filter((m) => !m.implicit)
    .map((model) => {
      const data = open.get(model.model);
      const fieldOf = (column: string) => model.columns.find((c) => c.column === column)?.field ?? column;
      return {
        name: model.model,
        table: model.table,
        module: model.module,
        scope: model.scope,
        description: model.description,
        ...(model.tenantColumn ? { tenantColumn: model.tenantColumn } : {}),
        collection: data?.collection ?? null,
        read: data?.read ?? null,
        write: data?.write ?? null,
        feature: data?.feature ?? null,
        may: data?.may ?? { create: false, update: false, delete: false },
        key: data?.key.map((f) => f.name) ?? [],
        fields: model.columns.map((column) => describeField(column, data)),
        relations: data
          ? [...data.relations.values()].map((r) => ({ name: r.name, target: r.target.name, list: r.list }))
          : [],
        foreignKeys: model.foreignKeys.map((key) => ({
          field: key.field,
          target: key.target,
          fields: key.columns
            .filter((c) => c !== model.tenantColumn || key.columns.length === 1)
            .map(fieldOf),
          onDelete: key.onDelete,
        })),
        keys: model.keys.map(({ kind, columns, where }) => ({
          kind,
          columns: [...columns],
          ...(where ? { where } : {}),
        })),
        checks: model.checks.map(({ name, sql }) => ({ name, sql })),
        policies: model.policies.map((p) => ({ ...p, roles: [...p.roles] })),
        grants: model.grants.map((g) => ({
          ...g,
          ...(g.columns ? { columns: [...g.columns] } : {}),
        })) as Described['grants'],
      };
    });
}

type Column = Boundary['models'][number]['columns'][number];

function describeField(column: Column, data: DataModel | undefined): Described['fields'][number] {
  const field = data?.field.get(column.field);
  return {
    name: column.field,
    column: column.column,
    type: column.enumName ? `${column.enumName}${column.list ? '[]' : ''}` : column.type,
    kind: field?.kind.name ?? (column.enumName ? 'enum' : 'other'),
    list: field?.kind.list ?? Boolean(column.list),
    ...(field?.kind.values ? { values: [...field.kind.values] } : {}),
    nullable: column.nullable,
    hasDefault: column.default !== undefined,
    description: column.description,
    ...(column.check ? { check: column.check } : {}),
    creatable: field?.creatable ?? false,
    updatable: field?.updatable ?? false,
    required: field?.required ?? false,
    sortable: field?.sortable ?? false,
    ...(field?.closed ? { closed: field.closed } : {}),
  };
}
