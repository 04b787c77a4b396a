import type { OpenAPIHono } from '@hono/zod-openapi';
import type { AppOptions } from './app.ts';
import type { Env } from './env.ts';
import { PROBLEM_SCHEMA } from './problems.ts';

interface Part {
  readonly paths: Record<string, unknown>;
  readonly components?: Record<string, Record<string, unknown>>;
}

/** The OpenAPI 3.1 document of everything the server answers, in one object. */
export function buildDocument(
  routes: OpenAPIHono<Env>,
  others: readonly OpenAPIHono<Env>[],
  {
    baseUrl,
    data,
    documents = [],
    modules,
    platform,
  }: Pick<AppOptions, 'baseUrl' | 'data' | 'documents' | 'modules' | 'platform'>,
): object {
  const documentOf = (app: OpenAPIHono<Env>) =>
    app.getOpenAPI31Document({ openapi: '3.1.0', info: INFO }) as unknown as Part;
  const own = documentOf(routes);
  const parts: Part[] = [
    ...others.map(documentOf),
    { paths: under('/v1/orgs/{organization}', own.paths ?? {}), components: own.components ?? {} },
    data.openapi as unknown as Part,
    ...(documents as readonly Part[]),
    ...(platform ? [platform.document as Part] : []),
  ];
  const components: Record<string, Record<string, unknown>> = {
    schemas: { Problem: PROBLEM_SCHEMA },
    securitySchemes: {
      session: { type: 'apiKey', in: 'cookie', name: 'lotline.session_token' },
      key: { type: 'http', scheme: 'bearer', description: 'An API key of an organization: lk_…' },
    },
  };
  for (const part of parts)
    for (const [kind, members] of Object.entries(part.components ?? {}))
      components[kind] = { ...components[kind], ...members };
  return {
    openapi: '3.1.0',
    info: INFO,
    servers: [{ url: baseUrl }],
    security: [{ session: [] }, { key: [] }],
    tags: [
      ...modules.map(({ name, description }) => ({ name, description })),
      ...(platform ? [PLATFORM] : []),
    ],
    paths: joined(parts),
    components,
  };
}

/** The paths of all parts. Where two serve one path, such as a list and an upload, each brings methods of its own. */
function joined(parts: readonly Part[]): Record<string, object> {
  const paths: Record<string, object> = {};
  for (const part of parts)
    for (const [path, item] of Object.entries(part.paths))
      paths[path] = { ...paths[path], ...(item as object) };
  return paths;
}

const INFO = {
  title: 'Lotline',
  version: '0.1.0',
  description:
    'Sign in or send an API key, name your organization in the path, and work with its records. Errors are problems (RFC 9457) with a stable `code` and a `hint`. Writes take an `Idempotency-Key`.',
  license: { name: 'MIT', identifier: 'MIT' },
};

const PLATFORM = {
  name: 'platform',
  description:
    'For staff of the platform, with a session: organizations, plans, people, and the rows of all models. Each use is logged.',
};

const ORGANIZATION = {
  name: 'organization',
  in: 'path',
  required: true,
  description: 'Address (slug) or id of your organization',
  schema: { type: 'string', minLength: 3, maxLength: 63 },
};

/** Paths of modules stand below an organization, which each operation therefore takes as a parameter. */
function under(prefix: string, paths: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(paths).map(([path, item]) => [
      `${prefix}${path === '/' ? '' : path}`,
      { parameters: [ORGANIZATION], ...(item as object) },
    ]),
  );
}
