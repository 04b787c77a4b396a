import { expect, it } from 'vitest';
import { freshDatabase } from '../../test/support/database.ts';
import { heardAll, liveOn, openStream, principal } from '../../test/support/live.ts';
import { tenancyOn } from '../../test/support/tenancy.ts';
import { member, tenant } from '../../test/support/tenants.ts';

const db = await freshDatabase();
const tenancy = tenancyOn(db);
const as = (organizationId: string, userId: string) => tenancy.for({ organizationId, userId, role: 'OWNER' });
/** Live updates, when all that was done before has been heard. */
async function quiet(options: Parameters<typeof liveOn>[1] = {}) {
  const live = await liveOn(db, options);
  await heardAll(live, db);
  return live;
}
const add = (id: string, owner: string, name = 'Ada') => as(id, owner).contact.create({ data: { name } });

it('goes on where a stream was cut off, and begins with a resync where that is not known', async () => {
  const { id, owner } = await tenant(db);
  const live = await quiet({ recent: 3 });
  const who = principal(id, owner, 'OWNER');
  const first = await openStream(live, tenancy, who);
  const begin = (await first.block())!.id!;
  await add(id, owner);
  const seen = (await first.next())!;
  await first.cancel();
  expect(live.streams).toBe(0);
  const witness = await openStream(live, tenancy, who);
  const missed = await add(id, owner, 'missed');
  await witness.next();

  const again = await openStream(live, tenancy, who, { lastEventId: seen.id! });
  expect((await again.next())?.data).toEqual({ table: 'contacts', op: 'create', ids: [missed.id] });
  for (let i = 0; i < 6; i++) {
    await add(id, owner);
    await witness.next();
  }
  for (const lastEventId of [begin, 'nonsense', `${'0'.repeat(12)}-3`, begin.replace(/-.*/, '-999999')]) {
    const late = await openStream(live, tenancy, who, { lastEventId });
    expect((await late.block())!.id).toBeUndefined();
    expect(await late.next()).toMatchObject({ event: 'resync', data: {} });
    await late.cancel();
  }
  const last = (await add(id, owner)).id;
  const position = (await witness.next())!.id!;
  const current = await openStream(live, tenancy, who, { lastEventId: position });
  const newer = await add(id, owner);
  expect(newer.id).not.toBe(last);
  expect((await current.next())?.data?.ids).toEqual([newer.id]);
});

it('sends one resync in place of what a slow reader left waiting, and holds no more than the bound', async () => {
  const { id, owner } = await tenant(db);
  const live = await quiet({ queue: 5 });
  const who = principal(id, owner, 'OWNER');
  const [slow, quick] = [await openStream(live, tenancy, who), await openStream(live, tenancy, who)];
  for (let i = 0; i < 8; i++) {
    await add(id, owner);
    await quick.next();
  }
  expect(await slow.next()).toMatchObject({ event: 'resync', data: {} });
  const { id: last } = await add(id, owner);
  const rest = [await slow.next(), await slow.next(), await slow.next()];
  expect(rest.at(-1)?.data?.ids).toEqual([last]);
});

it('connects again when its connection is lost, and says that something may have been missed', async () => {
  const { id, owner } = await tenant(db);
  const live = await quiet();
  const stream = await openStream(live, tenancy, principal(id, owner, 'OWNER'));
  const { id: before } = await stream.block().then(() => add(id, owner));
  expect((await stream.next())?.data?.ids).toEqual([before]);
  await db.superuser.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
     WHERE datname = current_database() AND usename = 'lotline_platform' AND query LIKE 'LISTEN%'`,
  );
  expect(await stream.next()).toMatchObject({ event: 'resync', data: {} });
  const { id: after } = await add(id, owner);
  expect((await stream.next())?.data?.ids).toEqual([after]);
});

it('ends the stream of a member who was removed, before anything more is told', async () => {
  const { id, owner } = await tenant(db);
  const leaving = await member(db, id);
  const live = await quiet();
  const stream = await openStream(live, tenancy, principal(id, leaving));
  await db.platform.query('UPDATE organization_members SET left_at = now() WHERE user_id = $1', [leaving]);
  await add(id, owner);
  expect(await stream.next()).toBeUndefined();
  expect(live.streams).toBe(0);
});

it('takes permissions away that a membership lost, and keeps those that the stream never had away', async () => {
  const { id, owner } = await tenant(db);
  const limited = await member(db, id);
  const live = await quiet();
  const stream = await openStream(
    live,
    tenancy,
    principal(id, limited, 'MEMBER', new Set(['crm:read', 'workspace:read'])),
  );
  await db.platform.query(
    `UPDATE organization_members SET role = 'ADMIN', permissions = '{"deny": ["workspace:read"]}' WHERE user_id = $1`,
    [limited],
  );
  await as(id, owner).project.create({ data: { name: 'P', projectManagerId: owner } });
  const { id: contact } = await add(id, owner);
  expect((await stream.next())?.data).toEqual({ table: 'contacts', op: 'create', ids: [contact] });
});

it('asks at every heartbeat whether the stream is still allowed, and ends when it is not or cannot be told', async () => {
  const { id, owner } = await tenant(db);
  const live = await quiet({ beat: 5 });
  const who = principal(id, owner, 'OWNER');
  let asked = 0;
  const revoked = await openStream(live, tenancy, who, {
    stillAllowed: async () => (++asked > 2 ? undefined : who.permissions),
  });
  const blocks = [];
  for (let b = await revoked.block(); b; b = await revoked.block()) blocks.push(b);
  expect(blocks.some((b) => b.beat)).toBe(true);
  expect(asked).toBe(3);
  const broken = await openStream(live, tenancy, who, {
    stillAllowed: () => Promise.reject(new Error('down')),
  });
  while (await broken.block());
  expect(live.streams).toBe(0);
});

it('ends with the request, and with the server', async () => {
  const { id, owner } = await tenant(db);
  const live = await quiet();
  const who = principal(id, owner, 'OWNER');
  const leaving = new AbortController();
  const stream = await openStream(live, tenancy, who, { signal: leaving.signal });
  leaving.abort();
  expect(await stream.next()).toBeUndefined();
  expect(live.streams).toBe(0);
  const second = await openStream(live, tenancy, who);
  await live.close();
  expect(await second.next()).toBeUndefined();
  await live.close();
});
