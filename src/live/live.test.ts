import { expect, it } from 'vitest';
import { freshDatabase } from '../../test/support/database.ts';
import { heardAll, liveOn, openStream, principal } from '../../test/support/live.ts';
import { tenancyOn } from '../../test/support/tenancy.ts';
import { member, tenant } from '../../test/support/tenants.ts';
import { permissionsOf } from '../auth/permissions.ts';

const db = await freshDatabase();
const tenancy = tenancyOn(db);
const live = await liveOn(db);
const open = async (
  ...[who, options]: [Parameters<typeof openStream>[2], Parameters<typeof openStream>[3]?]
) => {
  await heardAll(live, db);
  return openStream(live, tenancy, who, options);
};
const as = (organizationId: string, userId: string, role = 'MEMBER') =>
  tenancy.for({ organizationId, userId, role });

/** Something that a stream must be told, so that what it was not told before can be seen not to come. */
const mark = (organizationId: string, userId: string) =>
  as(organizationId, userId).contact.create({ data: { name: 'mark' } });

it('tells the members of an organization which rows were changed, and nobody of another', async () => {
  const [ours, theirs] = [await tenant(db), await tenant(db)];
  const colleague = await member(db, ours.id);
  const here = await open(principal(ours.id, colleague));
  const there = await open(principal(theirs.id, theirs.owner, 'OWNER'));
  expect(here.response.headers.get('content-type')).toMatch(/^text\/event-stream/);
  const { id } = await as(ours.id, ours.owner).contact.create({ data: { name: 'Ada' } });
  await as(ours.id, ours.owner).contact.updateMany({ data: { name: 'Grace' } });
  await as(ours.id, ours.owner).contact.deleteMany();
  for (const op of ['create', 'update', 'delete'])
    expect(await here.next()).toMatchObject({ event: 'change', data: { table: 'contacts', op, ids: [id] } });
  const other = await mark(theirs.id, theirs.owner);
  expect(await there.next()).toMatchObject({ data: { table: 'contacts', ids: [other.id] } });
});

it('brings a notification to its recipient within a second, and to nobody else', async () => {
  const { id, owner } = await tenant(db);
  const recipient = await member(db, id);
  const [own, others] = [await open(principal(id, recipient)), await open(principal(id, owner, 'OWNER'))];
  const started = performance.now();
  const [row] = await as(id, owner).$queryRaw<{ id: string }[]>`
    SELECT app.notify(${recipient}::uuid, 'INFO'::notification_type, 'Hello', 'World') AS id`;
  expect(await own.next()).toMatchObject({
    event: 'change',
    data: { table: 'notifications', op: 'create', ids: [row!.id] },
  });
  expect(performance.now() - started).toBeLessThan(1000);
  const after = await mark(id, owner);
  expect(await others.next()).toMatchObject({ data: { ids: [after.id] } });
});

it('tells each recipient of one statement for several only their own', async () => {
  const { id, owner } = await tenant(db);
  const [first, second] = [await member(db, id), await member(db, id)];
  const streams = [await open(principal(id, first)), await open(principal(id, second))];
  const rows = [first, second].map((userId) => ({
    userId,
    type: 'INFO' as const,
    title: 'Hello',
    message: 'World',
  }));
  await as(id, owner).notification.createMany({ data: rows });
  for (const [i, userId] of [first, second].entries()) {
    const note = await as(id, userId).notification.findFirstOrThrow();
    expect((await streams[i]!.next())?.data).toEqual({
      table: 'notifications',
      op: 'create',
      ids: [note.id],
    });
  }
});

it('tells of rows that only some read to those who read them, and of their going without their names', async () => {
  const { id, owner } = await tenant(db);
  const [author, stranger] = [await member(db, id), await member(db, id)];
  const [own, admin, others] = [
    await open(principal(id, author)),
    await openStream(live, tenancy, principal(id, owner, 'OWNER')),
    await open(principal(id, stranger)),
  ];
  const made = await as(id, author).reidRoiSimulation.create({
    data: {
      userId: author,
      name: 'Mine',
      inputs: {},
      results: {},
      calculatedAt: new Date(),
      calculationVersion: '1',
    },
  });
  const told = { table: 'reid_roi_simulations', op: 'create', ids: [made.id] };
  expect((await own.next())?.data).toEqual(told);
  expect((await admin.next())?.data).toEqual(told);
  await as(id, author).reidRoiSimulation.deleteMany();
  for (const stream of [own, admin, others])
    expect(await stream.next()).toMatchObject({ event: 'resync', data: { table: 'reid_roi_simulations' } });
});

it('tells of more than fifty rows as a table to be read anew', async () => {
  const { id, owner } = await tenant(db);
  const stream = await open(principal(id, owner, 'OWNER'));
  await as(id, owner).contact.createMany({ data: Array.from({ length: 51 }, (_, i) => ({ name: `C${i}` })) });
  expect(await stream.next()).toMatchObject({ event: 'resync', data: { table: 'contacts' } });
});

it('tells nothing of a transaction that is rolled back, of an update that changes nothing, nor of the working of the custodian', async () => {
  const { id, owner } = await tenant(db);
  const stream = await open(principal(id, owner, 'OWNER'));
  const failed = as(id, owner).$transaction(async (tx) => {
    await tx.contact.create({ data: { name: 'Ada' } });
    throw new Error('rolled back');
  });
  await expect(failed).rejects.toThrow('rolled back');
  await as(id, owner).$executeRaw`UPDATE organization_members SET updated_at = now()`;
  const after = await mark(id, owner);
  expect(await stream.next()).toMatchObject({ data: { table: 'contacts', ids: [after.id] } });
});

it('tells what the platform writes into an organization', async () => {
  const { id, owner } = await tenant(db);
  const stream = await open(principal(id, owner, 'OWNER'));
  await db.platform.query("UPDATE subscriptions SET tier = 'GROWTH' WHERE organization_id = $1", [id]);
  expect(await stream.next()).toMatchObject({
    event: 'change',
    data: { table: 'subscriptions', op: 'update' },
  });
});

it('tells only of the tables that were asked for, and of those whose module the member may read', async () => {
  const { id, owner } = await tenant(db);
  const permissions = permissionsOf('MEMBER', { deny: ['workspace:read'] });
  const chosen = await open(principal(id, owner, 'OWNER'), { query: '?tables=projects,deals' });
  const limited = await open(principal(id, await member(db, id), 'MEMBER', permissions));
  const contact = await mark(id, owner);
  const project = await as(id, owner).project.create({ data: { name: 'P', projectManagerId: owner } });
  expect(await chosen.next()).toMatchObject({ data: { table: 'projects', ids: [project.id] } });
  const later = await mark(id, owner);
  expect((await limited.next())?.data?.ids).toEqual([contact.id]);
  expect((await limited.next())?.data?.ids).toEqual([later.id]);
});

it('refuses a table that there is not', async () => {
  const { id, owner } = await tenant(db);
  for (const table of ['nothing', 'activity_logs', 'users', 'page_views'])
    await expect(open(principal(id, owner), { query: `?tables=contacts,${table}` })).rejects.toMatchObject({
      kind: 'invalid',
      code: 'TABLE_UNKNOWN',
    });
});

it('refuses an eleventh stream of one person until one is closed', async () => {
  const { id, owner } = await tenant(db);
  const who = principal(id, owner, 'OWNER');
  const first = await open(who);
  for (let i = 0; i < 9; i++) await open(who);
  await expect(open(who)).rejects.toMatchObject({ kind: 'too-many', code: 'TOO_MANY_STREAMS' });
  await first.cancel();
  await open(who);
  await expect(open(who)).rejects.toMatchObject({ code: 'TOO_MANY_STREAMS' });
});

it('the channel is a secret of the platform', async () => {
  const { id, owner } = await tenant(db);
  await expect(as(id, owner).$queryRaw`SELECT name FROM app.change_channel`).rejects.toMatchObject({
    code: 'FORBIDDEN',
  });
  const { rows } = await db.platform.query('SELECT name FROM app.change_channel');
  expect(rows).toEqual([{ name: expect.stringMatching(/^live_[0-9a-f]{32}$/) }]);
});
