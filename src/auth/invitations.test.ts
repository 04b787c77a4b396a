import { beforeAll, describe, expect, it } from 'vitest';
import { authOn, type TestAuth } from '../../test/support/auth.ts';
import { freshDatabase, type TestDatabase } from '../../test/support/database.ts';
import { tenancyOn } from '../../test/support/tenancy.ts';
import { member, type Tenant, tenant } from '../../test/support/tenants.ts';
import type { Db } from '../db.ts';
import { invite, listInvitations, revokeInvitation } from './invitations.ts';
import { type OrgRole, ROLES } from './permissions.ts';
import type { Person } from './principal.ts';

let db: TestDatabase;
let t: TestAuth;
let of: (organizationId: string, userId: string, role?: OrgRole) => Db;
beforeAll(async () => {
  db = await freshDatabase();
  t = authOn(db, { webUrl: 'http://web.lotline.test' });
  const tenancy = tenancyOn(db);
  of = (organizationId, userId, role = 'OWNER') => tenancy.for({ organizationId, userId, role });
});

let people = 0;
/** A person who signed in, without an organization. They need no password here. */
async function guest(): Promise<Person> {
  const email = `guest${people++}@example.com`;
  await db.platform.query(`INSERT INTO auth.users (name, email, email_verified) VALUES ('Guest', $1, true)`, [
    email,
  ]);
  const { rows } = await db.platform.query('SELECT id FROM users WHERE email = $1', [email]);
  return {
    userId: rows[0].id,
    email,
    name: 'Guest',
    platformRole: 'EMPLOYEE',
    via: 'session',
    credentialId: email,
  };
}

const membersOf = async (a: Tenant, person: Person) =>
  (
    await db.platform.query(
      'SELECT role, left_at FROM organization_members WHERE organization_id = $1 AND user_id = $2',
      [a.id, person.userId],
    )
  ).rows;

describe('an invitation', () => {
  it('is mailed as a link and makes whoever has the address a member', async () => {
    const [a, ada] = [await tenant(db), await guest()];
    await t.auth.invite(of(a.id, a.owner), { email: ada.email.toUpperCase(), role: 'ADMIN' });
    await t.auth.settled();
    const { to, letter } = t.sent.at(-1)!;
    expect(to).toBe(ada.email);
    const token = /^http:\/\/web\.lotline\.test\/invitations\/([0-9a-f]{64})$/.exec(letter.link!.url)![1]!;
    expect(await t.auth.invitation(token)).toMatchObject({
      organizationName: 'Tenant',
      email: ada.email,
      role: 'ADMIN',
    });
    expect(await t.auth.acceptInvitation(ada, token)).toMatchObject({ organizationId: a.id, role: 'ADMIN' });
    expect(await membersOf(a, ada)).toEqual([{ role: 'ADMIN', left_at: null }]);
    expect((await t.auth.organizationsOf(ada)).map((o) => o.organizationId)).toEqual([a.id]);
    const [listed] = await listInvitations(of(a.id, a.owner));
    expect(listed).toMatchObject({
      email: ada.email,
      role: 'ADMIN',
      invitedBy: a.owner,
      acceptedAt: expect.any(Date),
    });
    await expect(t.auth.invitation(token)).rejects.toMatchObject({ code: 'INVITATION_INVALID' });
  });

  it('accepted many times at once, makes one membership, and tells every time the same', async () => {
    const [a, ada] = [await tenant(db), await guest()];
    const { token } = await invite(of(a.id, a.owner), { email: ada.email, role: 'MEMBER' });
    const all = await Promise.all(Array.from({ length: 6 }, () => t.auth.acceptInvitation(ada, token)));
    for (const one of all) expect(one).toEqual(all[0]);
    expect(await membersOf(a, ada)).toHaveLength(1);
  });

  it('is for its address alone', async () => {
    const [a, ada, eve] = [await tenant(db), await guest(), await guest()];
    const { token } = await invite(of(a.id, a.owner), { email: ada.email, role: 'MEMBER' });
    await expect(t.auth.acceptInvitation(eve, token)).rejects.toMatchObject({
      code: 'INVITATION_FOR_ANOTHER',
    });
    // What the session said of the address when it was let in does not count.
    await expect(t.auth.acceptInvitation({ ...eve, email: ada.email }, token)).rejects.toMatchObject({
      code: 'INVITATION_FOR_ANOTHER',
    });
    expect(await membersOf(a, eve)).toEqual([]);
  });

  it('does not hold when it is unknown, revoked, expired, or another took its place', async () => {
    const [a, ada] = [await tenant(db), await guest()];
    const mine = of(a.id, a.owner);
    const refused = (token: string) =>
      expect(t.auth.acceptInvitation(ada, token)).rejects.toMatchObject({
        kind: 'missing',
        code: 'INVITATION_INVALID',
      });
    await refused('x');
    await refused('\u0000');
    const first = await invite(mine, { email: ada.email, role: 'MEMBER' });
    const second = await invite(mine, { email: ada.email, role: 'VIEWER' });
    await refused(first.token);
    await revokeInvitation(mine, second.id);
    await refused(second.token);
    const third = await invite(mine, { email: ada.email, role: 'VIEWER' });
    await db.platform.query('UPDATE auth.invitations SET expires_at = now() WHERE id = $1', [third.id]);
    await refused(third.token);
    expect(await membersOf(a, ada)).toEqual([]);
  });

  it('brings back who had left, with the new role and without old adjustments', async () => {
    const [a, ada] = [await tenant(db), await guest()];
    await db.platform.query(
      `INSERT INTO organization_members (organization_id, user_id, role, permissions, joined_at, left_at)
       VALUES ($1, $2, 'ADMIN', '{"grant":["data:export"]}', now() - interval '1 year', now())`,
      [a.id, ada.userId],
    );
    const { token } = await invite(of(a.id, a.owner), { email: ada.email, role: 'VIEWER' });
    await t.auth.acceptInvitation(ada, token);
    const { rows } = await db.platform.query(
      'SELECT role, permissions, left_at FROM organization_members WHERE user_id = $1',
      [ada.userId],
    );
    expect(rows).toEqual([{ role: 'VIEWER', permissions: {}, left_at: null }]);
  });

  it('of somebody who became a member otherwise changes nothing of the membership', async () => {
    const [a, ada] = [await tenant(db), await guest()];
    const { token } = await invite(of(a.id, a.owner), { email: ada.email, role: 'VIEWER' });
    await db.platform.query(
      "INSERT INTO organization_members (organization_id, user_id, role) VALUES ($1, $2, 'ADMIN')",
      [a.id, ada.userId],
    );
    expect(await t.auth.acceptInvitation(ada, token)).toMatchObject({ role: 'ADMIN' });
    await expect(invite(of(a.id, a.owner), { email: ada.email, role: 'VIEWER' })).rejects.toMatchObject({
      code: 'ALREADY_MEMBER',
    });
  });
});

describe('seats', () => {
  const free = (a: Tenant) =>
    db.platform.query("UPDATE subscriptions SET status = 'CANCELLED' WHERE organization_id = $1", [a.id]);

  it('of the plan bound invitations, also many at once; a second one of an address takes none', async () => {
    const a = await tenant(db);
    await free(a);
    const mine = of(a.id, a.owner);
    const made = await Promise.allSettled(
      Array.from({ length: 5 }, (_, i) => invite(mine, { email: `seat${i}@example.com`, role: 'MEMBER' })),
    );
    expect(made.filter((m) => m.status === 'fulfilled')).toHaveLength(1);
    for (const m of made)
      if (m.status === 'rejected') expect(m.reason).toMatchObject({ code: 'PLAN_LIMIT_REACHED' });
    const open = (await listInvitations(mine)).find((i) => i.revokedAt === null)!;
    await invite(mine, { email: open.email, role: 'VIEWER' });
  });

  it('bound acceptance when the plan became smaller, and of two for the last one is refused', async () => {
    const [a, ada, bea] = [await tenant(db), await guest(), await guest()];
    const tokens = [];
    for (const p of [ada, bea])
      tokens.push((await invite(of(a.id, a.owner), { email: p.email, role: 'MEMBER' })).token);
    await free(a);
    const accepted = await Promise.allSettled([
      t.auth.acceptInvitation(ada, tokens[0]!),
      t.auth.acceptInvitation(bea, tokens[1]!),
    ]);
    expect(accepted.map((r) => r.status).sort()).toEqual(['fulfilled', 'rejected']);
    const refused = accepted.find((r) => r.status === 'rejected') as PromiseRejectedResult;
    expect(refused.reason).toMatchObject({ kind: 'limit', code: 'PLAN_LIMIT_REACHED' });
  });
});

describe('inviting', () => {
  it.each(ROLES.flatMap((own) => ROLES.map((role) => [own, role] as const)))(
    'as %s to %s',
    async (own, role) => {
      const a = await tenant(db);
      const inviter = of(a.id, await member(db, a.id, own), own);
      const may = ['OWNER', 'ADMIN'].includes(own) && ROLES.indexOf(role) <= ROLES.indexOf(own);
      const done = invite(inviter, { email: 'somebody@example.com', role }).then(
        () => true,
        () => false,
      );
      expect(await done).toBe(may);
    },
  );

  it('does not take a role from the signed context alone', async () => {
    const a = await tenant(db);
    const admin = await member(db, a.id, 'ADMIN');
    await expect(
      invite(of(a.id, admin, 'OWNER'), { email: 'x@example.com', role: 'OWNER' }),
    ).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
  });

  it('refuses what is no address or role, and revokes nothing of another organization', async () => {
    const [a, b] = [await tenant(db), await tenant(db)];
    for (const bad of [
      { email: 'x', role: 'MEMBER' },
      { email: 'a@b\nc', role: 'MEMBER' },
      { email: 'a@b.c', role: 'KING' },
    ])
      await expect(invite(of(a.id, a.owner), bad as never)).rejects.toMatchObject({
        code: 'INVITATION_INPUT_INVALID',
      });
    const { id } = await invite(of(a.id, a.owner), { email: 'a@b.example', role: 'MEMBER' });
    await expect(revokeInvitation(of(b.id, b.owner), id)).rejects.toMatchObject({
      code: 'INVITATION_UNKNOWN',
    });
  });
});
