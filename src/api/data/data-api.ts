import { type Context, type Env, Hono } from 'hono';
import { requireFeature } from '../../auth/tiers.ts';
import type { ModelRules, OrganizationEnv } from '../../http/index.ts';
import type { Boundary } from '../../tenancy/index.ts';
import { aggregate } from './aggregate.ts';
import { readBody } from './body.ts';
import { changeMany, remove, update } from './change.ts';
import type { DataCall } from './client.ts';
import { create } from './create.ts';
import { list } from './list.ts';
import { mediaOf } from './media.ts';
import { type DataModel, dataModels } from './model.ts';
import { type DataOpenApi, dataOpenApi } from './openapi.ts';
import { get } from './record.ts';
import { methodRefused, noSuchCollection, permissionMissing } from './refusals.ts';

/** `export` is the whole of a list at once, as CSV or NDJSON. */
export type Access = 'read' | 'export' | 'write';

export interface DataApiOptions {
  /** What `prisma generate` left; the collections, their fields and their rules follow from it. */
  readonly boundary: Boundary;
  readonly rules: readonly ModelRules[];
}

export interface DataApi {
  readonly app: Hono<OrganizationEnv>;
  /** By name, as the path has it. */
  readonly collections: ReadonlyMap<string, DataModel>;
  /** Made when it is first asked for. */
  readonly openapi: DataOpenApi;
}

/**
 * HTTP access to every model the application role may read. `app` is mounted under `/v1/orgs/:organization/data`, behind what
 * puts `who` and `db` on the context; what it throws are refusals for `problemOf()`.
 */
export function dataApi(options: DataApiOptions): DataApi {
  const collections = dataModels(options);
  let openapi: DataOpenApi | undefined;
  return {
    app: serveCollections<OrganizationEnv>(collections, callOf),
    collections,
    get openapi() {
      openapi ??= dataOpenApi([...collections.values()], options.boundary);
      return openapi;
    },
  };
}

/**
 * The routes of collections, whoever asks and whatever client answers: `callOf` resolves both, or throws where the caller may not.
 */
export function serveCollections<E extends Env>(
  collections: ReadonlyMap<string, DataModel>,
  callOf: (c: Context<E>, model: DataModel, access: Access) => DataCall,
): Hono<E> {
  const models = [...collections.values()];
  const app = new Hono<E>();
  const modelOf = (c: { req: { param(name: string): string | undefined } }) => {
    const name = c.req.param('collection') ?? '';
    return collections.get(name) ?? fail(noSuchCollection(name));
  };

  app.get('/:collection', (c) => {
    const model = modelOf(c);
    const whole = mediaOf(c.req.header('accept')) !== 'json';
    return list(model, callOf(c, model, whole ? 'export' : 'read'));
  });
  app.post('/:collection', async (c) => {
    const model = modelOf(c);
    const call = callOf(c, model, 'write');
    requireOpen(model, 'create', ['GET', 'HEAD']);
    return create(model, models, await readBody(c.req.raw), call);
  });
  app.on(['PATCH', 'DELETE'], '/:collection', async (c) => {
    const model = modelOf(c);
    const call = callOf(c, model, 'write');
    const changes = c.req.method === 'PATCH';
    requireOpen(model, changes ? 'update' : 'delete', methodsOf(model));
    return changeMany(model, models, changes ? await readBody(c.req.raw) : undefined, call);
  });
  app.all('/:collection', (c) =>
    fail(methodRefused('This method has no meaning for a collection.', methodsOf(modelOf(c)))),
  );

  app.get('/:collection/aggregate', (c) => {
    const model = modelOf(c);
    return aggregate(model, callOf(c, model, 'read'));
  });
  app.get('/:collection/:id', (c) => {
    const model = modelOf(c);
    return get(model, c.req.param('id'), callOf(c, model, 'read'));
  });
  app.patch('/:collection/:id', async (c) => {
    const model = modelOf(c);
    const call = callOf(c, model, 'write');
    requireOpen(model, 'update', methodsOf(model));
    return update(model, models, c.req.param('id'), await readBody(c.req.raw), call);
  });
  app.delete('/:collection/:id', (c) => {
    const model = modelOf(c);
    const call = callOf(c, model, 'write');
    requireOpen(model, 'delete', methodsOf(model));
    return remove(model, models, c.req.param('id'), call);
  });
  app.all('/:collection/:id', (c) =>
    fail(methodRefused('This method has no meaning for a record.', methodsOf(modelOf(c)))),
  );
  return app;
}

function fail(error: Error): never {
  throw error;
}

function methodsOf({ may }: DataModel): string[] {
  return [
    'GET',
    'HEAD',
    ...(may.create ? ['POST'] : []),
    ...(may.update ? ['PATCH'] : []),
    ...(may.delete ? ['DELETE'] : []),
  ];
}

const DOES = { create: 'created', update: 'changed', delete: 'removed' } as const;

/** @throws HttpFault 405 with what is open instead */
function requireOpen(model: DataModel, what: 'create' | 'update' | 'delete', allow: readonly string[]): void {
  if (model.may[what]) return;
  const reason = model.rules?.refuses?.[what];
  const text = `Records of ${model.collection} are not ${DOES[what]} this way.`;
  throw methodRefused(reason ? `${text} ${reason}` : text, allow);
}

/** @throws Refusal `PERMISSION_MISSING` */
function callOf(c: Context<OrganizationEnv>, model: DataModel, access: Access): DataCall {
  const who = c.get('who');
  const needed = [
    model.read,
    ...(access === 'write' ? [model.write] : []),
    ...(access === 'export' ? (['data:export'] as const) : []),
  ];
  for (const permission of needed)
    if (permission && !who.permissions.has(permission)) throw permissionMissing(permission);
  if (model.feature) requireFeature(who.limits, who.tier, model.feature);
  const included = (m: DataModel) => m.feature === undefined || who.limits.features[m.feature];
  return {
    db: c.get('db'),
    asker: {
      organizationId: who.organizationId,
      userId: who.userId,
      mayRead: (m) => included(m) && (m.read === undefined || who.permissions.has(m.read)),
      mayWrite: (m) => m.write === undefined || who.permissions.has(m.write),
    },
    url: pathOf(c.req.url),
    header: (name) => c.req.header(name),
    bulkRows: who.limits.bulkRows,
    plan: { limits: who.limits, tier: who.tier },
    signal: c.req.raw.signal,
  };
}

/** Without the origin, which behind a proxy is not the caller's. */
const pathOf = (url: string) => url.replace(/^[a-z]+:\/\/[^/?#]*/i, '');
