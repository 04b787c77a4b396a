import { createRoute, OpenAPIHono, type RouteConfig, type z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { requirePermission } from '../auth/permissions.ts';
import { requireFeature } from '../auth/tiers.ts';
import { type FieldFault, Refusal } from '../errors.ts';
import { type AnyRoute, isAnswer, textFaults } from '../http/index.ts';
import type { Module } from '../modules/module.ts';
import type { DataApi, DataModel } from './data/index.ts';
import type { Env } from './env.ts';
import { presenterOf } from './presented.ts';
import { PROBLEMS } from './problems.ts';

const JSON_TYPE = 'application/json';

/**
 * The routes of the modules as one app, below `/v1/orgs/{organization}`, with their part of the OpenAPI document.
 * @param collections of the data API, whose records answers of modules hold too
 */
export function moduleRoutes(
  modules: readonly Module[],
  collections: DataApi['collections'],
): OpenAPIHono<Env> {
  const app = new OpenAPIHono<Env>({ defaultHook: refuseInvalid });
  const models = new Map([...collections.values()].map((m) => [m.name, m]));
  for (const module of modules) for (const route of module.routes) mount(app, module.name, route, models);
  return app;
}

function mount(
  app: OpenAPIHono<Env>,
  tag: string,
  route: AnyRoute,
  models: ReadonlyMap<string, DataModel>,
): void {
  const presenters = new Map(
    Object.entries(route.answers).map(([status, { schema }]) => [
      Number(status),
      schema && presenterOf(schema, models),
    ]),
  );
  const statuses = Object.keys(route.answers).map(Number);
  const first = statuses[0] ?? 200;
  const config = createRoute({
    method: route.method,
    path: route.path,
    operationId: route.operationId,
    summary: route.summary,
    description: descriptionOf(route),
    tags: [tag],
    request: {
      // The organization of the path is no parameter of theirs, which a strict schema would refuse.
      ...(route.params ? { params: (route.params as z.ZodObject).strip() as never } : {}),
      ...(route.query ? { query: route.query as never } : {}),
      ...(route.body ? { body: { required: true, content: { [JSON_TYPE]: { schema: route.body } } } } : {}),
    },
    responses: answersOf(route),
    // Before the input is read: who may not ask learns nothing of what would have been wrong with it.
    middleware: async (c: Context<Env>, next: () => Promise<void>) => {
      const who = c.get('who');
      requirePermission(who.permissions, route.permission);
      if (route.feature) requireFeature(who.limits, who.tier, route.feature);
      await next();
    },
  });
  Object.assign(config, {
    'x-permission': route.permission,
    ...(route.feature ? { 'x-feature': route.feature } : {}),
  });
  app.openapi(
    config as never,
    (async (c: Context<Env>) => {
      const valid = c.req as unknown as { valid(from: string): unknown };
      const input = {
        params: route.params ? valid.valid('param') : {},
        query: route.query ? valid.valid('query') : {},
        body: route.body ? valid.valid('json') : undefined,
      };
      const faults = textFaults(Object.values(input));
      if (faults.length > 0)
        throw refusedInput(faults.map((f) => ({ ...f, field: f.field.replace(/^\d+\./, '') })));
      if (route.secret) c.set('secret', true);
      const later = c.get('afterwards');
      const result = await route.handler({
        db: c.get('db'),
        who: c.get('who'),
        origin: c.get('origin'),
        ...input,
        signal: c.req.raw.signal,
        afterwards: (work: () => void) => (later ? later.push(work) : work()),
      } as never);
      return answerOf(result, first, presenters);
    }) as never,
  );
}

function descriptionOf({ description, permission, feature, refusals = {} }: AnyRoute): string {
  const codes = Object.entries(refusals).map(([code, when]) => `* \`${code}\`: ${when}`);
  return [
    description ?? '',
    `Needs the permission \`${permission}\`${feature ? ` and a plan with \`${feature}\`` : ''}.`,
    codes.length > 0 ? `Refusals of its own:\n\n${codes.join('\n')}` : '',
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

function answersOf({ answers, method }: AnyRoute): RouteConfig['responses'] {
  const own = Object.entries(answers).map(([status, { description, schema }]) => [
    status,
    { description, ...(schema ? { content: { [JSON_TYPE]: { schema } } } : {}) },
  ]);
  return { ...PROBLEMS(method), ...Object.fromEntries(own) } as RouteConfig['responses'];
}

/** What a handler gave as an answer: records as the data API shows them, decimals and big integers as strings, moments in UTC. */
function answerOf(
  result: unknown,
  first: number,
  presenters: ReadonlyMap<number, ((body: unknown) => unknown) | undefined>,
): Response {
  const {
    status,
    body,
    headers = {},
  } = isAnswer(result) ? result : { status: result === undefined ? 204 : first, body: result };
  return jsonAnswer(status, presenters.get(status)?.(body) ?? body, headers);
}

/** An answer with a JSON body, or without one where there is nothing to say. */
export function jsonAnswer(
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Response {
  if (body === undefined || status === 204 || status === 304)
    return new Response(null, { status, headers: { ...headers } });
  const text = JSON.stringify(body, (_, value) => (typeof value === 'bigint' ? value.toString() : value));
  return new Response(text, { status, headers: { 'content-type': JSON_TYPE, ...headers } });
}

interface ZodIssue {
  readonly path: readonly PropertyKey[];
  readonly code: string;
  readonly message: string;
}

/** What a validator found, as a refusal that lists all of it. */
export function refuseInvalid(result: {
  success: boolean;
  error?: { issues: readonly ZodIssue[] };
  target: string;
}): void {
  if (result.success) return;
  const fields = (result.error?.issues ?? []).map(
    (issue): FieldFault => ({
      field: issue.path.map(String).join('.') || result.target,
      code: issue.code.toUpperCase(),
      message: issue.message,
    }),
  );
  throw refusedInput(fields);
}

export function refusedInput(fields: readonly FieldFault[]): Refusal {
  return new Refusal(
    'invalid',
    'INPUT_INVALID',
    `${fields.length === 1 ? 'A value is' : `${fields.length} values are`} not as this route takes them.`,
    'Correct what "errors" lists and send it again; nothing was changed.',
    { fields },
  );
}
