import { beforeAll, describe, expect, it } from 'vitest';
import { authOn, type TestAuth } from '../../test/support/auth.ts';
import { freshDatabase, type TestDatabase } from '../../test/support/database.ts';
import { lifecycleOf } from '../../test/support/demo-database.ts';
import { tenancyOn } from '../../test/support/tenancy.ts';
import { member, type Tenant, tenant } from '../../test/support/tenants.ts';
import type { Db } from '../db.ts';
import { eraseTenant, previewErase } from '../tenancy/lifecycle/index.ts';
import { invite } from './invitations.ts';
import { listKeys, revokeKey } from './keys.ts';
import { type OrgRole, permissionsOf, ROLES } from './permissions.ts';

let db: TestDatabase;
let t: TestAuth;
let of: (organizationId: string, userId: string, role?: OrgRole) => Db;
beforeAll(async () => {
  db = await freshDatabase();
  t = authOn(db);
  const tenancy = tenancyOn(db);
  of = (organizationId, userId, role = 'OWNER') => tenancy.for({ organizationId, userId, role });
});

const held = permissionsOf('OWNER');
const bearer = (secret: string) => new Headers({ authorization: `Bearer ${secret}` });
const input = { name: 'Sync', scopes: ['crm:read', 'crm:write', 'members:manage'], held };
const make = (a: Tenant, more = {}) => t.auth.createKey(of(a.id, a.owner), { ...input, ...more });

describe('an API key', () => {
  it('acts as its maker, with its scopes, in its organization alone', async () => {
    const [a, b] = [await tenant(db), await tenant(db)];
    await db.platform.query(
      "INSERT INTO organization_members (organization_id, user_id, role) VALUES ($1, $2, 'ADMIN')",
      [b.id, a.owner],
    );
    const { id, secret } = await make(a);
    expect(secret).toMatch(/^lk_[0-9a-f]{64}$/);
    const who = (await t.auth.authenticate(bearer(secret)))!;
    expect(who).toMatchObject({
      person: { userId: a.owner, via: 'key', credentialId: id },
      key: { organizationId: a.id },
    });
    const principal = await t.auth.enter(who, a.id);
    expect([...principal.permissions].sort()).toEqual([...input.scopes].sort());
    await expect(t.auth.enter(who, b.id)).rejects.toMatchObject({
      kind: 'missing',
      code: 'ORGANIZATION_UNKNOWN',
    });
  });

  it('may never more than its maker has at the moment', async () => {
    const a = await tenant(db);
    const admin = await member(db, a.id, 'ADMIN');
    const { secret } = await t.auth.createKey(of(a.id, admin, 'ADMIN'), {
      ...input,
      held: permissionsOf('ADMIN'),
    });
    const set = async (changes: string) => {
      await db.platform.query(`UPDATE organization_members SET ${changes} WHERE user_id = $1`, [admin]);
      t.auth.forget();
      const who = (await t.auth.authenticate(bearer(secret)))!;
      return [...(await t.auth.enter(who, a.id)).permissions].sort();
    };
    expect(await set("role = 'VIEWER'")).toEqual(['crm:read']);
    expect(await set(`permissions = '{"grant":["crm:write"],"deny":["crm:read"]}'`)).toEqual(['crm:write']);
    expect(await set(`permissions = '{"grant":7}'`)).toEqual(['crm:read']);
  });

  it('is kept as a hash, listed with its last characters, and marked as used once a minute', async () => {
    const a = await tenant(db);
    const { id, secret } = await make(a);
    await t.auth.authenticate(bearer(secret));
    await t.auth.settled();
    const [key] = await listKeys(of(a.id, a.owner));
    expect(key).toMatchObject({ id, name: 'Sync', hint: secret.slice(-4), userId: a.owner, revokedAt: null });
    expect(key!.lastUsedAt).toBeInstanceOf(Date);
    t.auth.forget();
    await t.auth.authenticate(bearer(secret));
    await t.auth.settled();
    expect((await listKeys(of(a.id, a.owner)))[0]!.lastUsedAt).toEqual(key!.lastUsedAt);
    const { rows } = await db.platform.query('SELECT k::text AS row FROM auth.api_keys AS k');
    expect(JSON.stringify(rows)).not.toContain(secret.slice(3, 40));
  });

  it('ends when it is revoked, at once here', async () => {
    const a = await tenant(db);
    const { id, secret } = await make(a);
    expect(await t.auth.authenticate(bearer(secret))).toBeDefined();
    await t.auth.revokeKey(of(a.id, a.owner), id);
    await expect(t.auth.authenticate(bearer(secret))).rejects.toMatchObject({
      kind: 'unauthenticated',
      code: 'KEY_INVALID',
    });
    await revokeKey(of(a.id, a.owner), id);
  });

  it.each([
    ['the membership', 'UPDATE organization_members SET left_at = now() WHERE user_id = $1'],
    ['the account', 'UPDATE users SET is_active = false WHERE id = $1'],
    ['its time', 'UPDATE auth.api_keys SET expires_at = now() WHERE user_id = $1'],
  ])('ends with %s', async (_, sql) => {
    const a = await tenant(db);
    const admin = await member(db, a.id, 'ADMIN');
    const { secret } = await t.auth.createKey(of(a.id, admin, 'ADMIN'), {
      ...input,
      expiresAt: new Date(Date.now() + 60_000),
    });
    expect(await t.auth.authenticate(bearer(secret))).toBeDefined();
    await db.platform.query(sql, [admin]);
    t.auth.forget();
    await expect(t.auth.authenticate(bearer(secret))).rejects.toMatchObject({ code: 'KEY_INVALID' });
    await db.platform.query('UPDATE organization_members SET left_at = NULL WHERE user_id = $1', [admin]);
    t.auth.forget();
    await expect(t.auth.authenticate(bearer(secret))).rejects.toMatchObject({ code: 'KEY_INVALID' });
  });

  it('that is none is refused alike, whatever it looks like', async () => {
    for (const value of [
      'Bearer',
      'Bearer x',
      'Bearer lk_',
      `Bearer lk_${'0'.repeat(64)}`,
      'Basic YTpi',
      `Bearer ${'x'.repeat(9000)}`,
    ]) {
      await expect(t.auth.authenticate(new Headers({ authorization: value }))).rejects.toMatchObject({
        code: 'KEY_INVALID',
        message: 'This API key is not valid.',
      });
    }
  });

  it('makes no organization and accepts no invitation', async () => {
    const a = await tenant(db);
    const who = (await t.auth.authenticate(bearer((await make(a)).secret)))!;
    await expect(t.auth.createOrganization(who.person, { name: 'X' })).rejects.toMatchObject({
      code: 'KEY_NOT_ENOUGH',
    });
    await expect(t.auth.acceptInvitation(who.person, 'x')).rejects.toMatchObject({ code: 'KEY_NOT_ENOUGH' });
  });
});

describe('making a key', () => {
  it('is refused beyond the plan, also when many are made at once', async () => {
    const a = await tenant(db);
    const made = await Promise.allSettled(Array.from({ length: 8 }, () => make(a)));
    expect(made.filter((m) => m.status === 'fulfilled')).toHaveLength(3);
    for (const m of made)
      if (m.status === 'rejected') expect(m.reason).toMatchObject({ code: 'PLAN_LIMIT_REACHED' });
    const [key] = await listKeys(of(a.id, a.owner));
    await t.auth.revokeKey(of(a.id, a.owner), key!.id);
    await make(a);
  });

  it('is refused with scopes that the caller has not, or that are none', async () => {
    const a = await tenant(db);
    await expect(make(a, { held: new Set(['crm:read']) })).rejects.toMatchObject({ code: 'SCOPE_NOT_HELD' });
    await expect(make(a, { scopes: ['crm:steal'], name: '', expiresAt: new Date(0) })).rejects.toMatchObject({
      code: 'KEY_INPUT_INVALID',
      fields: [{ field: 'name' }, { field: 'scopes' }, { field: 'expiresAt' }],
    });
  });

  it.each(ROLES)('and looking at and revoking keys, as %s', async (role) => {
    const a = await tenant(db);
    const somebody = of(a.id, await member(db, a.id, role), role);
    const { id } = await make(a);
    const works = async (work: Promise<unknown>) =>
      work.then(
        () => true,
        (e) => e.code !== 'FORBIDDEN' && e,
      );
    const may = role === 'OWNER' || role === 'ADMIN';
    expect(await works(t.auth.createKey(somebody, input))).toBe(may);
    expect(await works(listKeys(somebody))).toBe(may);
    expect(await works(revokeKey(somebody, id))).toBe(may);
  });

  it('does not reach the keys of another organization', async () => {
    const [a, b] = [await tenant(db), await tenant(db)];
    const { id, secret } = await make(a);
    await expect(revokeKey(of(b.id, b.owner), id)).rejects.toMatchObject({
      kind: 'missing',
      code: 'KEY_UNKNOWN',
    });
    expect(await listKeys(of(b.id, b.owner))).toEqual([]);
    // A signed context that says OWNER of an organization one is not in: the functions look for themselves.
    await expect(listKeys(of(a.id, b.owner))).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect(await t.auth.authenticate(bearer(secret))).toBeDefined();
  });

  it('and inviting leave nothing that outlives the organization', async () => {
    const a = await tenant(db);
    await make(a);
    await invite(of(a.id, a.owner), { email: 'somebody@example.com', role: 'MEMBER' });
    const { token } = await previewErase(lifecycleOf(db), a.id);
    await eraseTenant(lifecycleOf(db), a.id, token, 'test');
    const { rows } = await db.platform.query(
      `SELECT organization_id FROM auth.api_keys WHERE organization_id = $1
       UNION ALL SELECT organization_id FROM auth.invitations WHERE organization_id = $1`,
      [a.id],
    );
    expect(rows).toEqual([]);
  });

  it('leaves the tables out of reach of the application', async () => {
    const a = await tenant(db);
    for (const table of [
      'users',
      'sessions',
      'accounts',
      'verifications',
      'two_factors',
      'attempts',
      'api_keys',
      'invitations',
    ])
      await expect(
        db.app({ organization: a.id, user: a.owner, role: 'OWNER' }, (c) =>
          c.query(`SELECT FROM auth.${table}`),
        ),
      ).rejects.toThrow(/permission denied/);
  });
});
