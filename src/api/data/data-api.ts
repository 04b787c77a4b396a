import { type Context, Hono } from 'hono';
import type { ModelRules, OrganizationEnv } from '../../http/index.ts';
import type { Boundary } from '../../tenancy/index.ts';
import type { DataCall } from './client.ts';
import { list } from './list.ts';
import { type DataModel, dataModels } from './model.ts';
import { get } from './record.ts';
import { noSuchCollection, permissionMissing } from './refusals.ts';

export interface DataApiOptions {
  /** What `prisma generate` left; the collections, their fields and their rules follow from it. */
  readonly boundary: Boundary;
  readonly rules: readonly ModelRules[];
}

export type DataApi = ReturnType<typeof dataApi>;

export function dataApi(options: DataApiOptions) {
  const collections = dataModels(options);
  const app = new Hono<OrganizationEnv>();
  const models = (name: string) => collections.get(name) ?? fail(noSuchCollection(name));

  app.get('/:collection', (c) => {
    const model = models(c.req.param('collection'));
    return list(model, callOf(c, model, 'read'));
  });
  app.get('/:collection/:id', (c) => {
    const model = models(c.req.param('collection'));
    return get(model, c.req.param('id'), callOf(c, model, 'read'));
  });
  return { app, collections };
}

function fail(error: Error): never {
  throw error;
}

function callOf(c: Context<OrganizationEnv>, model: DataModel, access: 'read' | 'write'): DataCall {
  const who = c.get('who');
  const needed = access === 'read' ? model.read : model.write;
  if (needed && !who.permissions.has(needed)) throw permissionMissing(needed);
  return {
    db: c.get('db'),
    asker: {
      organizationId: who.organizationId,
      userId: who.userId,
      mayRead: (m) => m.read === undefined || who.permissions.has(m.read),
      mayWrite: (m) => m.write === undefined || who.permissions.has(m.write),
    },
    url: pathOf(c.req.url),
    header: (name) => c.req.header(name),
    bulkRows: who.limits.bulkRows,
    signal: c.req.raw.signal,
  };
}

/** Without the origin, which behind a proxy is not the caller's. */
const pathOf = (url: string) => url.replace(/^[a-z]+:\/\/[^/?#]*/i, '');
