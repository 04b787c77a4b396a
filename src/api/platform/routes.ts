import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { STAFF_ACTIONS } from '../../auth/index.ts';
import { textFaults } from '../../http/index.ts';
import { type AnyStaffRoute, type Desk, Reason } from '../../modules/platform/index.ts';
import type { Env } from '../env.ts';
import { jsonAnswer, refusedInput, refuseInvalid } from '../module-routes.ts';
import { PROBLEMS } from '../problems.ts';
import { reasonOf } from './reason.ts';

const JSON_TYPE = 'application/json';
const X_REASON = 'Why you do it; it is kept in the log of the platform';

/** The routes of staff, below `/v1/platform`. Each runs in one transaction with its row of the audit log. */
export function staffApp(routes: readonly AnyStaffRoute[], desk: Desk): OpenAPIHono<Env> {
  const app = new OpenAPIHono<Env>({ defaultHook: refuseInvalid });
  for (const route of routes) mount(app, route, desk);
  return app;
}

function mount(app: OpenAPIHono<Env>, route: AnyStaffRoute, desk: Desk): void {
  const own = route.body as z.ZodObject | undefined;
  const body = own?.extend({ reason: Reason.optional() });
  const schema = body && { content: { [JSON_TYPE]: { schema: body } } };
  const role = STAFF_ACTIONS[route.action];
  const config = createRoute({
    method: route.method,
    path: route.path,
    operationId: route.operationId,
    summary: route.summary,
    description: descriptionOf(route, role),
    tags: ['platform'],
    security: [{ session: [] }],
    request: {
      headers: z.object({ 'x-reason': z.string().max(6_000).optional().openapi({ description: X_REASON }) }),
      ...(route.params ? { params: route.params as never } : {}),
      ...(route.query ? { query: route.query as never } : {}),
      ...(schema ? { body: { required: Object.keys(own!.shape).length > 0, ...schema } } : {}),
    },
    responses: {
      ...PROBLEMS(route.method),
      200: {
        description: route.answer.description,
        content: { [JSON_TYPE]: { schema: route.answer.schema } },
      },
    },
  });
  Object.assign(config, { 'x-staff-role': role });
  app.openapi(
    config as never,
    (async (c: Context<Env>) => {
      const valid = c.req as unknown as { valid(from: string): Record<string, unknown> };
      const params = route.params ? valid.valid('param') : {};
      const query = route.query ? valid.valid('query') : {};
      const { reason: said, ...sent } = body
        ? ((valid.valid('json') ?? {}) as { reason?: string })
        : { reason: undefined };
      const faults = textFaults({ ...params, ...query, ...sent });
      if (faults.length > 0) throw refusedInput(faults);
      const without = route.reason === 'required' ? undefined : route.summary;
      const { type, param } = route.target;
      const deed = {
        action: route.action,
        targetType: type,
        targetId: param ? String(params[param]) : '*',
        reason: reasonOf(said, c.req.header('x-reason'), without),
        origin: c.get('origin'),
        ...(Object.keys(query).length > 0 ? { details: { query } } : {}),
      };
      const person = c.get('person');
      try {
        const result = await desk.act(person, deed, (db, note) =>
          route.handler({ db, person, params, query, body: sent, note }),
        );
        return jsonAnswer(200, result);
      } finally {
        route.afterwards?.();
      }
    }) as never,
  );
}

function descriptionOf({ description, reason, refusals = {} }: AnyStaffRoute, role: string): string {
  const codes = Object.entries(refusals).map(([code, when]) => `* \`${code}\`: ${when}`);
  return [
    description ?? '',
    `For staff of the platform, ${role} or above.${reason === 'required' ? ' Needs a reason.' : ''}`,
    codes.length > 0 ? `Refusals of its own:\n\n${codes.join('\n')}` : '',
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}
