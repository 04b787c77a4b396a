import { type JsonSchema, printSchema } from './print-schema.ts';

interface Parameter {
  readonly $ref?: string;
  readonly name?: string;
  readonly in?: string;
  readonly required?: boolean;
  readonly schema?: JsonSchema;
}

type Content = Readonly<Record<string, { readonly schema?: JsonSchema }>>;

interface Operation {
  readonly summary?: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly required?: boolean; readonly content?: Content };
  readonly responses?: Readonly<Record<string, { readonly $ref?: string; readonly content?: Content }>>;
}

type PathItem = Readonly<Record<string, Operation>> & { readonly parameters?: readonly Parameter[] };

export interface Document {
  readonly paths: Readonly<Record<string, PathItem>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, JsonSchema>>;
    readonly parameters?: Readonly<Record<string, Parameter>>;
  };
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete'];
const PLACES = ['query', 'path', 'header', 'cookie'];
const PREFIX = '/v1/orgs/{organization}';

/**
 * The document as types in the shape that openapi-fetch reads: `paths` by address, `OrganizationPaths` by the address below an
 * organization, `components` by name.
 */
export function printDocument({ paths, components }: Document): string {
  const all = Object.entries(paths);
  const own = all.filter(([path]) => path === PREFIX || path.startsWith(`${PREFIX}/`));
  const of = (entries: readonly (readonly [string, PathItem])[], without?: string) =>
    entries
      .map(([path, item]) => `  ${JSON.stringify(path)}: ${pathItem(item, components, without)};`)
      .join('\n');
  const schemas = Object.entries(components.schemas)
    .map(([key, schema]) => `    ${JSON.stringify(key)}: ${printSchema(schema)};`)
    .join('\n');
  return `// Generated from the OpenAPI document; changes made here are lost.
export interface paths {
${of(all.filter(([path]) => !path.startsWith(`${PREFIX}/`)))}
}

/** Addresses below an organization, without it. */
export interface OrganizationPaths {
${of(
  own.map(([path, item]) => [path.slice(PREFIX.length), item]),
  'organization',
)}
}

export interface components {
  schemas: {
${schemas}
  };
}
`;
}

function pathItem(item: PathItem, components: Document['components'], without?: string): string {
  const operations = METHODS.map((method) => {
    const operation = item[method];
    if (!operation) return `${method}?: never;`;
    const parameters = [...(item.parameters ?? []), ...(operation.parameters ?? [])]
      .map((p) => (p.$ref ? components.parameters![p.$ref.split('/').at(-1)!]! : p))
      .filter((p) => p.name !== without);
    return `${method}: { ${parametersOf(parameters)} ${body(operation)} ${responses(operation)} };`;
  });
  return `{ parameters: { query?: never; path?: never; header?: never; cookie?: never }; ${operations.join(' ')} }`;
}

function parametersOf(parameters: readonly Parameter[]): string {
  const places = PLACES.map((place) => {
    const here = parameters.filter((p) => p.in === place);
    if (here.length === 0) return `${place}?: never;`;
    const needed = here.some((p) => p.required);
    const fields = here.map(
      (p) => `${JSON.stringify(p.name)}${p.required ? '' : '?'}: ${printSchema(p.schema)};`,
    );
    return `${place}${needed ? '' : '?'}: { ${fields.join(' ')} };`;
  });
  return `parameters: { ${places.join(' ')} };`;
}

const contents = (content: Content): string =>
  `{ ${Object.entries(content)
    .map(([type, { schema }]) => `${JSON.stringify(type)}: ${printSchema(schema)};`)
    .join(' ')} }`;

function body({ requestBody }: Operation): string {
  if (!requestBody?.content) return 'requestBody?: never;';
  return `requestBody${requestBody.required ? '' : '?'}: { content: ${contents(requestBody.content)} };`;
}

/** Refusals are thrown before anybody reads them, so only what succeeds has a type. */
function responses({ responses = {} }: Operation): string {
  const good = Object.entries(responses).filter(([status]) => status.startsWith('2'));
  const each = good.map(
    ([status, { content }]) =>
      `${status}: { content: ${content ? contents(content) : '{ "application/json"?: never }'} };`,
  );
  return `responses: { ${each.join(' ')} };`;
}
