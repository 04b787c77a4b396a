import { beforeAll, describe, expect, it } from 'vitest';
import { freshDatabase, type TestDatabase } from '../../../test/support/database.ts';
import { tenancyOn } from '../../../test/support/tenancy.ts';
import { member, type Tenant, tenant } from '../../../test/support/tenants.ts';
import { permissionsOf } from '../../auth/index.ts';
import type { Db } from '../../db.ts';
import { changeMember, endMembership, listMembers } from './members.ts';

const ALL = permissionsOf('OWNER');
const ADMINS = permissionsOf('ADMIN');

let db: TestDatabase;
let ours: Tenant;
let theirs: Tenant;
let as: (organizationId: string, userId: string, role: string) => Db;

beforeAll(async () => {
  db = await freshDatabase();
  const tenancy = tenancyOn(db);
  as = (organizationId, userId, role) => tenancy.for({ organizationId, userId, role }) as unknown as Db;
  ours = await tenant(db);
  theirs = await tenant(db);
});

describe('members', () => {
  it('are listed without those who left, unless asked', async () => {
    const gone = await member(db, ours.id);
    const owner = as(ours.id, ours.owner, 'OWNER');
    await endMembership(owner, gone, ALL);
    expect((await listMembers(owner)).map((m) => m.userId)).not.toContain(gone);
    expect((await listMembers(owner, { former: true })).map((m) => m.userId)).toContain(gone);
  });

  it('of another organization are as unknown as none', async () => {
    const owner = as(ours.id, ours.owner, 'OWNER');
    for (const id of [theirs.owner, '00000000-0000-7000-8000-000000000000'])
      await expect(changeMember(owner, id, { role: 'VIEWER' }, ALL)).rejects.toMatchObject({
        code: 'MEMBER_UNKNOWN',
        kind: 'missing',
      });
  });

  it('are not made owners by an admin, and owners not changed by one', async () => {
    const admin = await member(db, ours.id, 'ADMIN');
    const agent = await member(db, ours.id);
    const acting = as(ours.id, admin, 'ADMIN');
    await expect(changeMember(acting, agent, { role: 'OWNER' }, ADMINS)).rejects.toMatchObject({
      code: 'ROLE_ABOVE_OWN',
    });
    await expect(changeMember(acting, ours.owner, { role: 'VIEWER' }, ADMINS)).rejects.toMatchObject({
      code: 'ROLE_ABOVE_OWN',
    });
    await expect(endMembership(acting, ours.owner, ADMINS)).rejects.toMatchObject({ code: 'ROLE_ABOVE_OWN' });
    expect((await changeMember(acting, agent, { role: 'ADMIN' }, ADMINS)).role).toBe('ADMIN');
  });

  it('get only permissions that there are', async () => {
    const owner = as(ours.id, ours.owner, 'OWNER');
    const agent = await member(db, ours.id);
    await expect(
      changeMember(owner, agent, { permissions: { grant: ['everything'] } }, ALL),
    ).rejects.toMatchObject({
      code: 'PERMISSION_UNKNOWN',
    });
    const changed = await changeMember(
      owner,
      agent,
      {
        permissions: { grant: ['keys:manage'], deny: ['crm:write'] },
      },
      ALL,
    );
    expect(changed.permissions).toEqual({ grant: ['keys:manage'], deny: ['crm:write'] });
  });

  it('give no permission beyond their own, by an admin or by a narrow key of an owner', async () => {
    const own = await tenant(db);
    const [admin, agent] = [await member(db, own.id, 'ADMIN'), await member(db, own.id)];
    const grant = { permissions: { grant: ['organization:archive'] } };
    await expect(changeMember(as(own.id, admin, 'ADMIN'), agent, grant, ADMINS)).rejects.toMatchObject({
      code: 'PERMISSION_NOT_HELD',
    });
    const narrow = permissionsOf('OWNER', {}, ['members:manage']);
    await expect(
      changeMember(as(own.id, own.owner, 'OWNER'), agent, { role: 'OWNER' }, narrow),
    ).rejects.toMatchObject({ code: 'PERMISSION_MISSING' });
  });

  it('keep an owner, also when two leave at once', async () => {
    const own = await tenant(db);
    const second = await member(db, own.id, 'OWNER');
    const results = await Promise.allSettled([
      endMembership(as(own.id, own.owner, 'OWNER'), own.owner, ALL),
      endMembership(as(own.id, second, 'OWNER'), second, ALL),
    ]);
    expect(results.filter((r) => r.status === 'fulfilled')).toHaveLength(1);
    expect(results.find((r) => r.status === 'rejected')).toMatchObject({ reason: { code: 'LAST_OWNER' } });
  });
});
