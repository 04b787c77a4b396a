import type { Boundary } from '../../tenancy/index.ts';
import type { DataModel } from './model.ts';
import { CONDITION, GROUPS, PAGE, PARAMETERS, PROBLEM, WRITTEN } from './openapi-components.ts';
import { modelSchemas, ref, type Schema, sharedSchemas } from './schemas.ts';

export interface DataOpenApi {
  readonly paths: Readonly<Record<string, Schema>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, Schema>>;
    readonly parameters: Readonly<Record<string, Schema>>;
    readonly responses: Readonly<Record<string, Schema>>;
  };
}

/** Statuses with a problem, and when. */
const PROBLEMS: Readonly<Record<number, string>> = {
  400: 'Syntax',
  401: 'Unauthenticated',
  403: 'Forbidden',
  404: 'Missing',
  405: 'Method',
  406: 'Acceptable',
  409: 'Conflict',
  412: 'Stale',
  413: 'TooLarge',
  415: 'Media',
  422: 'Invalid',
  428: 'ConditionMissing',
  429: 'TooMany',
};

const text = { type: 'string' };
const READ = [400, 401, 403, 404, 422, 429];
const WRITE = [...READ, 409, 413, 415];
const problems = (statuses: readonly number[]) =>
  Object.fromEntries(
    [...statuses.map(String), 'default'].map((s) => [s, { $ref: '#/components/responses/Problem' }]),
  );

const json = (schema: Schema) => ({ 'application/json': { schema } });
const use = (...names: string[]) => names.map((n) => ({ $ref: `#/components/parameters/${n}` }));

/**
 * The data API's part of the document: a component per model, named as the model; `<Model>Create` and `<Model>Update` for what may
 * be written; paths for every collection.
 */
export function dataOpenApi(
  models: readonly DataModel[],
  boundary: Boundary,
  prefix = '/v1/orgs/{organization}/data',
): DataOpenApi {
  const paths: Record<string, Schema> = {};
  for (const model of models) Object.assign(paths, pathsOf(model, `${prefix}/${model.collection}`));
  return {
    paths,
    components: {
      schemas: {
        Problem: PROBLEM,
        DataCondition: CONDITION,
        DataPage: PAGE,
        DataWritten: WRITTEN,
        DataGroups: GROUPS,
        ...sharedSchemas(boundary),
        ...Object.assign({}, ...models.map((m) => modelSchemas(m, boundary))),
      },
      parameters: PARAMETERS,
      responses: {
        Problem: {
          description: `A problem (RFC 9457). ${Object.entries(PROBLEMS)
            .map(([s, t]) => `${s} ${t}`)
            .join(', ')}.`,
          content: { 'application/problem+json': { schema: ref('Problem') } },
        },
      },
    },
  };
}

function pathsOf(model: DataModel, path: string): Record<string, Schema> {
  const { name, collection, may } = model;
  const common = { tags: [model.module] };
  const read = { ...common, ...(model.read ? { 'x-permission': model.read } : {}) };
  const write = { ...common, ...(model.write ? { 'x-permission': model.write } : {}) };
  const shown = { anyOf: [ref(name), ref(`${name}Part`)] };
  const fields = {
    name: 'fields',
    in: 'query',
    style: 'form',
    explode: false,
    schema: ref(`${name}Fields`),
  };
  const sort = {
    name: 'sort',
    in: 'query',
    style: 'form',
    explode: false,
    schema: ref(`${name}Sort`),
  };
  const filter = {
    name: 'filter',
    in: 'query',
    style: 'form',
    explode: true,
    schema: ref(`${name}Filter`),
  };
  const filters = [filter, ...use('DataQ', 'DataOr', 'DataAnd', 'DataNot')];
  const body = (schema: Schema) => ({ required: true, content: json(schema) });
  const etag = { ETag: { schema: text, description: 'The version of the record' } };
  const created = ref(`${name}Create`);
  const rows = {
    200: { description: 'Rows were merged', content: json(ref('DataWritten')) },
  };
  return {
    [path]: {
      parameters: use('Organization'),
      get: {
        ...read,
        operationId: `list${name}`,
        summary: `List ${collection}`,
        parameters: [
          ...filters,
          sort,
          ...use('DataLimit', 'DataCursor', 'DataOffset'),
          fields,
          ...use('DataExpand', 'DataCount'),
        ],
        responses: {
          200: {
            description:
              'A page, or with Accept the whole as CSV or NDJSON, for which the permission `data:export` is needed',
            headers: { Link: { schema: text, description: 'The next page' } },
            content: {
              ...json({
                type: 'object',
                required: ['data', 'page'],
                properties: { data: { type: 'array', items: shown }, page: ref('DataPage') },
              }),
              'text/csv': { schema: text },
              'application/x-ndjson': { schema: text },
            },
          },
          ...problems([...READ, 406]),
        },
      },
      ...(may.create
        ? {
            post: {
              ...write,
              operationId: `create${name}`,
              summary: `Create one or many of ${collection}`,
              parameters: [fields, ...use('DataExpand', 'DataOnConflict', 'DataPrefer')],
              requestBody: {
                required: true,
                content: {
                  ...json({ anyOf: [created, { type: 'array', items: created }] }),
                  'application/x-ndjson': { schema: text },
                },
              },
              responses: {
                201: {
                  description: 'Created; the record, or how many',
                  headers: { Location: { schema: text }, ...etag },
                  content: json({ anyOf: [shown, ref('DataWritten')] }),
                },
                200: {
                  description: 'Merged with a record that was there',
                  content: json({ anyOf: [shown, ref('DataWritten')] }),
                },
                204: { description: 'Merged, or kept as it was; without body as preferred' },
                ...problems(WRITE),
              },
            },
          }
        : {}),
      ...(may.update
        ? {
            patch: {
              ...write,
              operationId: `updateMany${name}`,
              summary: `Change all ${collection} that meet conditions`,
              parameters: [...filters, fields, ...use('DataPrefer')],
              requestBody: body(ref(`${name}Update`)),
              responses: { ...rows, ...problems(WRITE) },
            },
          }
        : {}),
      ...(may.delete
        ? {
            delete: {
              ...write,
              operationId: `deleteMany${name}`,
              summary: `Remove all ${collection} that meet conditions`,
              parameters: [...filters, fields, ...use('DataPrefer')],
              responses: { ...rows, ...problems([...READ, 409]) },
            },
          }
        : {}),
    },
    [`${path}/aggregate`]: {
      parameters: use('Organization'),
      get: {
        ...read,
        operationId: `aggregate${name}`,
        summary: `Count, sum and group ${collection}`,
        parameters: [...filters, ...use('DataGroup', 'DataFold', 'DataCounted', 'DataHaving', 'DataOffset')],
        responses: {
          200: { description: 'A row for each group', content: json(ref('DataGroups')) },
          ...problems(READ),
        },
      },
    },
    [`${path}/{id}`]: {
      parameters: use('Organization', 'DataId'),
      get: {
        ...read,
        operationId: `get${name}`,
        summary: `Read one of ${collection}`,
        parameters: [fields, ...use('DataExpand', 'DataIfNoneMatch')],
        responses: {
          200: { description: 'The record', headers: etag, content: json(shown) },
          304: { description: 'It is as If-None-Match says' },
          ...problems(READ),
        },
      },
      ...(may.update
        ? {
            patch: {
              ...write,
              operationId: `update${name}`,
              summary: `Change one of ${collection}`,
              parameters: [fields, ...use('DataExpand', 'DataIfMatchNeeded', 'DataPrefer')],
              requestBody: body(ref(`${name}Update`)),
              responses: {
                200: { description: 'The record as it is now', headers: etag, content: json(shown) },
                204: { description: 'Changed; without body as preferred' },
                ...problems([...WRITE, 412, 428]),
              },
            },
          }
        : {}),
      ...(may.delete
        ? {
            delete: {
              ...write,
              operationId: `delete${name}`,
              summary: `Remove one of ${collection}`,
              parameters: use('DataIfMatch'),
              responses: { 204: { description: 'Removed' }, ...problems([...READ, 409, 412]) },
            },
          }
        : {}),
    },
  };
}
