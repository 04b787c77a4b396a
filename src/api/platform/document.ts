import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Boundary } from '../../tenancy/index.ts';
import { type DataModel, dataOpenApi } from '../data/index.ts';
import type { Env } from '../env.ts';
import { writerOf } from './data.ts';

type Json = Record<string, unknown>;

const PREFIX = '/v1/platform';
const DATA = `${PREFIX}/data`;
const METHODS = ['get', 'post', 'put', 'patch', 'delete'];
const REASON = {
  name: 'X-Reason',
  in: 'header',
  schema: { type: 'string', maxLength: 6000 },
  description: 'Why you do it; needed for writes and for rows of tenants',
};

/** The part of the document below `/v1/platform`: tag `platform`, with a session. */
export function staffDocument(
  routes: OpenAPIHono<Env>,
  models: readonly DataModel[],
  boundary: Boundary,
): { paths: Json; components: Record<string, Json> } {
  const own = routes.getOpenAPI31Document({
    openapi: '3.1.0',
    info: { title: '', version: '' },
  }) as unknown as {
    paths: Json;
    components?: Record<string, Json>;
  };
  const written = models.filter((m) => m.may.create || m.may.update || m.may.delete);
  const read = models.filter((m) => !written.includes(m));
  const { paths, components } = renamed(dataOpenApi(written, boundary, DATA) as never);
  return {
    paths: {
      ...Object.fromEntries(Object.entries(own.paths ?? {}).map(([path, item]) => [PREFIX + path, item])),
      ...Object.fromEntries(
        Object.entries(paths).map(([path, item]) => [path, forStaff(item as Json, written, path)]),
      ),
      ...readOnly(read, boundary),
    },
    components: { ...own.components, schemas: { ...own.components?.schemas, ...components.schemas } },
  };
}

/** Models have other fields here than an organization sees, so their components have other names. */
function renamed(part: { paths: Json; components: Record<string, Json> }): typeof part {
  const names = new Set(Object.keys(part.components.schemas!).filter((n) => !/^(Data|Problem$)/.test(n)));
  const ref = /"#\/components\/schemas\/([A-Za-z0-9_]+)"/g;
  const text = JSON.stringify(part).replace(ref, (whole, name: string) =>
    names.has(name) ? `"#/components/schemas/Staff${name}"` : whole,
  );
  const again = JSON.parse(text) as typeof part;
  const schemas = Object.entries(again.components.schemas!)
    .filter(([name]) => names.has(name))
    .map(([name, schema]) => [`Staff${name}`, schema]);
  return { paths: again.paths, components: { schemas: Object.fromEntries(schemas) } };
}

function forStaff(item: Json, written: readonly DataModel[], path: string): Json {
  const model = written.find((m) => path.startsWith(`${DATA}/${m.collection}`))!;
  const parameters = ((item.parameters ?? []) as { $ref?: string }[]).filter(
    (p) => !p.$ref?.endsWith('/Organization'),
  );
  return {
    ...item,
    parameters: [...parameters, REASON],
    ...operations(item, (operation, method) => {
      const { 'x-permission': _, ...rest } = operation;
      return {
        ...rest,
        operationId: `staff${capital(operation.operationId as string)}`,
        tags: ['platform'],
        security: [{ session: [] }],
        'x-staff-role': method === 'get' ? 'ADMIN' : writerOf(model.name),
      };
    }),
  };
}

/** One path for every collection that staff only read: the shapes are those of the models, with all their fields. */
function readOnly(models: readonly DataModel[], boundary: Boundary): Json {
  const [sample] = models;
  const collection = {
    name: 'collection',
    in: 'path',
    required: true,
    schema: { type: 'string', enum: models.map((m) => m.collection).sort() },
  };
  const { paths } = dataOpenApi([sample!], boundary, DATA) as unknown as { paths: Json };
  const loose = JSON.stringify(paths)
    .replaceAll(`/${sample!.collection}`, '/{collection}')
    .replace(/\{"\$ref":"#\/components\/schemas\/([A-Za-z0-9_]+)"\}/g, (whole, name: string) =>
      /^(Data|Problem$)/.test(name) ? whole : '{"type":"object"}',
    );
  return Object.fromEntries(
    Object.entries(JSON.parse(loose) as Json).map(([path, item]) => {
      const staff = forStaff(item as Json, [{ ...sample!, collection: '{collection}' }], path);
      return [
        path,
        {
          ...staff,
          parameters: [collection, ...(staff.parameters as Json[])],
          ...operations(staff, (operation) => ({
            ...operation,
            operationId: `${(operation.operationId as string).replace(sample!.name, '')}Rows`,
            summary: `${(operation.summary as string).replace(sample!.collection, 'any collection')}, past all tenants`,
            parameters: ((operation.parameters ?? []) as Json[]).flatMap((p) =>
              p.name === 'filter'
                ? []
                : p.name === 'fields' || p.name === 'sort'
                  ? [{ ...p, schema: { type: 'array', items: { type: 'string' } } }]
                  : [p],
            ),
          })),
        },
      ];
    }),
  );
}

const operations = (item: Json, change: (operation: Json, method: string) => Json): Json =>
  Object.fromEntries(METHODS.filter((m) => item[m]).map((m) => [m, change(item[m] as Json, m)]));

const capital = (name: string) => name.charAt(0).toUpperCase() + name.slice(1);
