import { expect, it } from 'vitest';
import { printDocument } from './print-document.ts';
import { type JsonSchema, printSchema } from './print-schema.ts';

const object = { type: 'object', required: ['id'], properties: { id: { type: 'string' }, 'e-mail': {} } };

it.each<[string, JsonSchema | boolean | undefined, string]>([
  ['nothing said', undefined, 'unknown'],
  ['nothing allowed', false, 'never'],
  ['an integer', { type: 'integer' }, 'number'],
  ['what may be null', { type: ['string', 'null'] }, '(string | null)'],
  ['constants', { type: 'string', enum: ['A', 'B'] }, '"A" | "B"'],
  ['one value', { const: 1 }, '1'],
  ['a list of constants', { type: 'array', items: { enum: ['A', 'B'] } }, '("A" | "B")[]'],
  ['a pair', { type: 'array', prefixItems: [{ type: 'number' }, { type: 'string' }] }, '[number, string]'],
  ['an object', object, '{ id: string; "e-mail"?: unknown; }'],
  ['an object of nothing', { type: 'object' }, 'Record<string, unknown>'],
  ['a map', { type: 'object', additionalProperties: { type: 'number' } }, '{ [key: string]: number }'],
  ['one of several', { anyOf: [{ type: 'string' }, { type: 'number' }] }, '(string | number)'],
  ['several alike', { oneOf: [{ type: 'integer' }, { type: 'number' }] }, 'number'],
  [
    'all of several',
    { allOf: [object, { type: 'object' }] },
    `(${'{ id: string; "e-mail"?: unknown; }'} & Record<string, unknown>)`,
  ],
  ['a name', { $ref: '#/components/schemas/A%20B' }, 'components["schemas"]["A B"]'],
])('%s', (_what, schema, type) => {
  expect(printSchema(schema)).toBe(type);
});

it('puts addresses below an organization apart, without the organization, and leaves refusals out', () => {
  const item = {
    parameters: [{ $ref: '#/components/parameters/organization' }],
    post: {
      parameters: [{ name: 'limit', in: 'query', schema: { type: 'integer' } }],
      requestBody: { required: true, content: { 'application/json': { schema: object } } },
      responses: {
        204: {},
        422: { content: { 'application/problem+json': { schema: { type: 'string' } } } },
      },
    },
  };
  const text = printDocument({
    paths: { '/v1/me': { get: { responses: { 200: {} } } }, '/v1/orgs/{organization}/deals': item } as never,
    components: {
      schemas: { Deal: object },
      parameters: { organization: { name: 'organization', in: 'path', required: true } },
    },
  });
  const [outside, inside] = text.split('export interface OrganizationPaths');
  expect(outside).toContain('"/v1/me": ');
  expect(outside).not.toContain('/deals');
  expect(inside).toContain('"/deals": ');
  expect(inside).toContain('query?: { "limit"?: number; }; path?: never;');
  expect(inside).toContain(
    'requestBody: { content: { "application/json": { id: string; "e-mail"?: unknown; }; } };',
  );
  expect(inside).toContain('get?: never;');
  expect(inside).toContain('"Deal": { id: string; "e-mail"?: unknown; };');
  expect(inside).not.toContain('422');
});
