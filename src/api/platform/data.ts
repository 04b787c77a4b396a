import { type Context, Hono } from 'hono';
import { STAFF_ACTIONS, type StaffAction, staffMay } from '../../auth/index.ts';
import type { Db } from '../../db.ts';
import { type Desk, STAFF_WRITES, staffRules } from '../../modules/platform/index.ts';
import type { Boundary } from '../../tenancy/index.ts';
import { type DataModel, dataModels, mediaOf, serveCollections } from '../data/index.ts';
import type { Env } from '../env.ts';
import { BODY_LIMITS, readableBody } from '../middleware/body.ts';
import { reasonOf } from './reason.ts';

const BULK_ROWS = 1_000;

/** All models of the boundary as lotline_platform sees them; the platform's own may be written. */
export function staffModels(boundary: Boundary): ReadonlyMap<string, DataModel> {
  const rules = staffRules(boundary.models.filter((m) => !m.implicit).map((m) => m.model));
  return dataModels({ boundary, rules, role: boundary.roles.platform, bound: false });
}

/**
 * Staff's data API, below `/v1/platform/data`: each request is one transaction that ends with its row of the audit log, and
 * answers when that is committed. What refuses is rolled back and logged as failed.
 */
export function staffData(boundary: Boundary, desk: Desk): { app: Hono<Env>; models: readonly DataModel[] } {
  const models = staffModels(boundary);
  const scopes = new Map(boundary.models.map((m) => [m.model, m.scope]));
  const app = new Hono<Env>();
  app.use(readableBody(BODY_LIMITS.many));
  app.use('/:collection/:id?', async (c, next) => {
    const model = models.get(c.req.param('collection'));
    // The route answers that there is no such collection.
    if (!model) return next();
    const reads = c.req.method === 'GET' || c.req.method === 'HEAD';
    const ofPlatform = scopes.get(model.name) === 'platform';
    const url = new URL(c.req.url);
    const details = { method: c.req.method, query: url.search.slice(0, 2_000) };
    const deed = {
      action: actionOf(c, model, reads),
      targetType: model.collection,
      targetId: (c.req.param('id') ?? '*').slice(0, 100),
      reason: reasonOf(
        undefined,
        c.req.header('x-reason'),
        reads && ofPlatform ? `Read ${model.collection}` : undefined,
      ),
      origin: c.get('origin'),
      details,
    };
    try {
      await desk.act(c.get('person'), deed, async (db, note) => {
        c.set('db', db);
        await next();
        if (c.error) throw c.error;
        if (c.res.status >= 400) throw new Error(`answered ${c.res.status}`);
        await whole(c);
        const made = c.res.headers.get('location')?.split('/').at(-1);
        if (made) note({ targetId: made });
      });
    } catch (error) {
      // The answer that refused stands in the context already.
      if (error !== c.error) throw error;
    }
    return undefined;
  });
  app.route('/', serveCollections<Env>(models, callOf));
  return { app, models: [...models.values()] };
}

/** Taking rows away in bulk is more than looking at a page of them. */
function actionOf(c: Context<Env>, model: DataModel, reads: boolean): StaffAction {
  if (!reads) return STAFF_WRITES[model.name] ?? 'SYSTEM_CONFIG_UPDATE';
  const aside = c.req.param('id') !== undefined;
  return aside || mediaOf(c.req.header('accept')) === 'json' ? 'DATA_READ' : 'DATA_EXPORT';
}

/** The body is read while the transaction is open, since it may still be coming out of it. */
async function whole(c: Context<Env>): Promise<void> {
  if (c.res.body === null) return;
  const { status, headers } = c.res;
  const bytes = await c.res.arrayBuffer();
  c.res = undefined;
  c.res = new Response(bytes, { status, headers });
}

function callOf(c: Context<Env>) {
  const person = c.get('person');
  return {
    db: c.get('db') as Db,
    asker: {
      organizationId: undefined,
      userId: person.userId,
      mayRead: () => true,
      mayWrite: (model: DataModel) => {
        const action = STAFF_WRITES[model.name];
        return action !== undefined && staffMay(person.platformRole, action);
      },
    },
    url: c.req.url.replace(/^[a-z]+:\/\/[^/?#]*/i, ''),
    header: (name: string) => c.req.header(name),
    bulkRows: BULK_ROWS,
    plan: undefined,
    signal: c.req.raw.signal,
  };
}

/** The weakest role that may write the model, for the reference. */
export const writerOf = (model: string) => STAFF_ACTIONS[STAFF_WRITES[model] ?? 'SYSTEM_CONFIG_UPDATE'];
