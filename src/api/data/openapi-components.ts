import type { Schema } from './schemas.ts';

const query = (name: string, schema: Schema, description: string): Schema => ({
  name,
  in: 'query',
  schema,
  description,
});
const header = (name: string, schema: Schema, description: string): Schema => ({
  name,
  in: 'header',
  schema,
  description,
});
const text = { type: 'string' };

/** Parameters that operations share. */
export const PARAMETERS: Readonly<Record<string, Schema>> = {
  Organization: {
    name: 'organization',
    in: 'path',
    required: true,
    schema: text,
    description: 'Slug or id of the organization',
  },
  DataId: { name: 'id', in: 'path', required: true, schema: text, description: 'The key of the record' },
  DataLimit: query('limit', { type: 'integer', minimum: 1, maximum: 200, default: 50 }, 'Rows of a page'),
  DataCursor: query('cursor', text, '`page.next` of the page before'),
  DataOffset: query(
    'offset',
    { type: 'integer', minimum: 0, maximum: 10_000 },
    'Rows to leave out; a cursor costs less',
  ),
  DataExpand: query(
    'expand',
    text,
    'Relations to show, three levels deep: `deals(fields=id,title;limit=5).listing,assignee`',
  ),
  DataCount: query(
    'count',
    { enum: ['none', 'exact', 'estimated'] },
    'Whether all rows are counted, or up to 10,000',
  ),
  DataQ: query(
    'q',
    { type: 'string', minLength: 1, maxLength: 200 },
    'Words that all occur in names, titles or texts',
  ),
  DataOr: query('or', text, 'One of these holds: `(stage.eq:LEAD,value.gt:100)`'),
  DataAnd: query('and', text, 'All of these hold'),
  DataNot: query('not', text, 'Not all of these hold'),
  DataPrefer: header(
    'Prefer',
    text,
    '`return=minimal|representation|headers-only`, `resolution=merge-duplicates|ignore-duplicates`, `max-affected=n`, `handling=strict`',
  ),
  DataIfMatch: header('If-Match', text, 'The ETag of the record as it was read, or `*`'),
  DataIfMatchNeeded: {
    ...header('If-Match', text, 'The ETag of the record as it was read, or `*`'),
    required: true,
  },
  DataIfNoneMatch: header('If-None-Match', text, 'An ETag for which 304 is enough'),
  DataOnConflict: query('on_conflict', text, 'With `Prefer: resolution`: the fields of a unique key'),
  DataGroup: query('group', text, 'Up to three fields; of times also `createdAt.month` and the like'),
  DataFold: query('sum', text, 'Fields to sum up; `avg`, `min` and `max` likewise'),
  DataCounted: query('count', text, 'Counts the rows of each group'),
  DataHaving: query('having', text, 'Conditions on what is asked for: `(count.gt:5,sum.value.gte:100)`'),
};

export const PROBLEM: Schema = {
  type: 'object',
  required: ['type', 'title', 'status', 'detail', 'code', 'hint', 'instance'],
  properties: {
    type: text,
    title: text,
    status: { type: 'integer' },
    detail: text,
    code: { type: 'string', description: 'Stable; may be matched' },
    hint: { type: 'string', description: 'How to mend it' },
    instance: { type: 'string', description: 'The request, as the log has it' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['field', 'code', 'message'],
        properties: { field: text, code: text, message: text },
      },
    },
  },
};

export const PAGE: Schema = {
  type: 'object',
  required: ['next', 'limit'],
  properties: {
    next: { type: ['string', 'null'] },
    limit: { type: 'integer' },
    count: { type: 'integer' },
    countIs: { enum: ['exact', 'at-least'] },
  },
};

export const WRITTEN: Schema = {
  type: 'object',
  required: ['count'],
  properties: { count: { type: 'integer' }, data: { type: 'array' } },
};

export const GROUPS: Schema = {
  type: 'object',
  required: ['data', 'page'],
  properties: {
    data: { type: 'array', items: { type: 'object' } },
    page: {
      type: 'object',
      required: ['limit', 'more'],
      properties: { limit: { type: 'integer' }, more: { type: 'boolean' } },
    },
  },
};

export const CONDITION: Schema = {
  type: 'string',
  description:
    '`field.op=value`, `relation.field.op=value`, `relation.some.field.op=value`, `json.path[a,b].op=value`; the guide lists the operators',
};
