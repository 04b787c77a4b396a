import { LIMITS } from '../../src/auth/tiers.ts';
import { type Db, inTransaction } from '../../src/db.ts';
import type { Plan, Values } from '../../src/http/index.ts';
import { rules } from '../../src/modules/crm/rules.ts';
import { freshDatabase, type TestDatabase } from './database.ts';
import type { TestServer } from './server.ts';
import { tenancyOn } from './tenancy.ts';
import { member, type Tenant, tenant } from './tenants.ts';

export const plan: Plan = { limits: LIMITS.ENTERPRISE, tier: 'ENTERPRISE' };

/** What was put into the queue. */
export interface Enqueued {
  readonly name: string;
  readonly input: Record<string, unknown>;
  readonly dedupe_key: string | null;
  readonly run_at: Date | null;
}

/** Two brokerages, each with its owner, and clients bound to them as the application role. */
export interface Ground {
  readonly database: TestDatabase;
  readonly our: Tenant;
  readonly ours: Db;
  readonly theirs: Db;
  /** A further member of ours. */
  agent(role?: string): Promise<string>;
  /** A client of that member. */
  as(userId: string, role?: string): Db;
  /** A brokerage of the test's own. */
  fresh(): Promise<Db>;
  settings(values: object): Promise<void>;
  queued(): Promise<Enqueued[]>;
}

export async function crmGround(server?: TestServer): Promise<Ground> {
  const database = await freshDatabase(server ? { server } : {});
  const tenancy = tenancyOn(database, { connections: 12 });
  const bound = (t: Tenant) =>
    tenancy.for({ organizationId: t.id, userId: t.owner, role: 'OWNER' }) as unknown as Db;
  const our = await tenant(database);
  const their = await tenant(database);
  await keepQueue(database);
  return {
    database,
    our,
    ours: bound(our),
    theirs: bound(their),
    agent: (role = 'MEMBER') => member(database, our.id, role),
    as: (userId, role = 'MEMBER') => tenancy.for({ organizationId: our.id, userId, role }) as unknown as Db,
    fresh: async () => bound(await tenant(database)),
    settings: async (values) => {
      await database.platform.query('UPDATE organizations SET settings = $2 WHERE id = $1', [our.id, values]);
    },
    queued: async () =>
      (await database.superuser.query('SELECT name, input, dedupe_key, run_at FROM app.test_queue')).rows,
  };
}

/** A queue that is only written to, so that these tests see what a module puts there and nothing runs. */
async function keepQueue({ superuser }: TestDatabase): Promise<void> {
  await superuser.query(`
    DROP FUNCTION IF EXISTS app.enqueue_job;
    CREATE TABLE app.test_queue (id uuid DEFAULT gen_random_uuid(), name text, input jsonb, dedupe_key text, run_at timestamptz);
    CREATE FUNCTION app.enqueue_job(name text, input jsonb, dedupe_key text, run_at timestamptz, priority integer)
    RETURNS uuid LANGUAGE sql SECURITY DEFINER AS $$
      INSERT INTO app.test_queue (name, input, dedupe_key, run_at) VALUES ($1, $2, $3, $4) RETURNING id
    $$;
    GRANT EXECUTE ON FUNCTION app.enqueue_job TO lotline_app`);
}

type Row = Record<string, unknown> & { id: string };
type Delegate = {
  create(args: object): Promise<Row>;
  update(args: object): Promise<Row>;
  delete(args: object): Promise<Row>;
  findUniqueOrThrow(args: object): Promise<Row>;
};

/** Writes as the data API does: the rules of the model, the write, and what follows, in one transaction. */
export const dataApi = {
  create: (db: Db, model: string, values: Values, given: Plan = plan): Promise<Row> =>
    inTransaction(db, async (tx) => {
      const own = ruleOf(model);
      const row = await delegate(tx, model).create({
        data: (await own.create?.(tx, values, given)) ?? values,
      });
      await own.written?.(tx, row, undefined);
      return row;
    }),
  update: (db: Db, model: string, id: string, changes: Values, given: Plan = plan): Promise<Row> =>
    inTransaction(db, async (tx) => {
      const own = ruleOf(model);
      const where = { organizationId_id: { organizationId: db.$tenant.organizationId, id } };
      const before = await delegate(tx, model).findUniqueOrThrow({ where });
      const data = (await own.update?.(tx, before, changes, given)) ?? changes;
      const after = await delegate(tx, model).update({ where, data });
      await own.written?.(tx, after, before);
      return after;
    }),
  remove: (db: Db, model: string, id: string): Promise<Row> =>
    inTransaction(db, async (tx) => {
      const where = { organizationId_id: { organizationId: db.$tenant.organizationId, id } };
      const before = await delegate(tx, model).findUniqueOrThrow({ where });
      await ruleOf(model).remove?.(tx, before);
      return delegate(tx, model).delete({ where });
    }),
};

const ruleOf = (model: string) => rules.find((r) => r.model === model)!;
const delegate = (db: Db, model: string) =>
  (db as unknown as Record<string, Delegate>)[`${model[0]!.toLowerCase()}${model.slice(1)}`]!;

/** An hour of a day far enough ahead, in UTC. */
export const at = (hour: number, minute = 0, day = 1): Date =>
  new Date(Date.UTC(new Date().getUTCFullYear() + 1, 5, day, hour, minute));
