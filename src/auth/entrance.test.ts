import { beforeAll, describe, expect, it } from 'vitest';
import { authOn, PASSWORD, type TestAuth } from '../../test/support/auth.ts';
import { freshDatabase, type TestDatabase } from '../../test/support/database.ts';
import { member, tenant } from '../../test/support/tenants.ts';
import { DEMO_PASSWORD, seedSignIns } from './demo.ts';
import { planOf } from './plan.ts';
import type { Person } from './principal.ts';
import { Remembered } from './remembered.ts';
import { staffMay } from './staff-permissions.ts';
import { LIMITS } from './tiers.ts';

let db: TestDatabase;
let t: TestAuth;
beforeAll(async () => {
  db = await freshDatabase();
  t = authOn(db);
});

function personOf(userId: string, more: Partial<Person> = {}): Person {
  return {
    userId,
    email: 'x@example.com',
    name: null,
    platformRole: 'EMPLOYEE',
    via: 'session',
    credentialId: userId,
    ...more,
  };
}

describe('an organization', () => {
  const refused = {
    kind: 'missing',
    code: 'ORGANIZATION_UNKNOWN',
    message: 'There is no such organization among yours.',
  };

  it('that is foreign, unknown, archived, left, or no name at all is refused alike', async () => {
    const [a, b] = [await tenant(db), await tenant(db)];
    const leaver = await member(db, a.id);
    await db.platform.query('UPDATE organization_members SET left_at = now() WHERE user_id = $1', [leaver]);
    const who = { person: personOf(a.owner) };
    for (const name of [
      b.id,
      '00000000-0000-0000-0000-000000000000',
      'no-such',
      '',
      "'",
      '\u0000',
      'x'.repeat(999),
    ])
      await expect(t.auth.enter(who, name)).rejects.toMatchObject(refused);
    await expect(t.auth.enter({ person: personOf(leaver) }, a.id)).rejects.toMatchObject(refused);
    await db.platform.query('UPDATE organizations SET archived_at = now() WHERE id = $1', [a.id]);
    await expect(t.auth.enter(who, a.id)).rejects.toMatchObject(refused);
    expect(await t.auth.organizationsOf(who.person)).toEqual([]);
  });

  it('is found by its id before another that has this id as its address', async () => {
    const [a, b] = [await tenant(db), await tenant(db)];
    await db.platform.query('UPDATE organizations SET slug = $1 WHERE id = $2', [a.id, b.id]);
    await member(db, b.id);
    await db.platform.query('INSERT INTO organization_members (organization_id, user_id) VALUES ($1, $2)', [
      b.id,
      a.owner,
    ]);
    expect((await t.auth.enter({ person: personOf(a.owner) }, a.id)).organizationId).toBe(a.id);
  });
});

describe('a plan', () => {
  const day = 86_400_000;
  const now = Date.UTC(2026, 0, 31);
  const at = (status: string, days: number, tier = 'GROWTH', metadata: unknown = null) =>
    planOf({ status, tier, currentPeriodEnd: new Date(now + days * day), metadata }, now).tier;

  it.each([
    ['ACTIVE', 1, 'GROWTH'],
    ['ACTIVE', -13, 'GROWTH'],
    ['ACTIVE', -14, 'FREE'],
    ['PAST_DUE', -13, 'GROWTH'],
    ['PAST_DUE', -15, 'FREE'],
    ['TRIAL', 1, 'GROWTH'],
    ['TRIAL', 0, 'FREE'],
    ['CANCELLED', 1, 'FREE'],
    ['INACTIVE', 1, 'FREE'],
  ])('%s with %i days to its end is %s', (status, days, tier) => expect(at(status, days)).toBe(tier));

  it('is FREE without a subscription', () => expect(planOf(null).tier).toBe('FREE'));

  it('takes agreed limits for CUSTOM, as far as they make sense', () => {
    const limits = {
      seats: 7,
      contacts: null,
      requestsPerMinute: null,
      bulkRows: -1,
      nonsense: 1,
      features: { leadScoring: false, x: true },
    };
    const of = (tier: string) =>
      planOf({ status: 'ACTIVE', tier, currentPeriodEnd: new Date(now + day), metadata: { limits } }, now)
        .limits;
    const { features } = LIMITS.CUSTOM;
    expect(of('CUSTOM')).toEqual({
      ...LIMITS.CUSTOM,
      seats: 7,
      contacts: null,
      features: { ...features, leadScoring: false },
    });
    expect(of('ELITE')).toEqual(LIMITS.ELITE);
  });
});

describe('staff', () => {
  const operator = async (role: string) => {
    const { rows } = await db.platform.query(
      'INSERT INTO users (email, role) VALUES ($1, $2::user_role) RETURNING id',
      [`${role.toLowerCase()}-${Math.random()}@lotline.example`, role],
    );
    return personOf(rows[0].id, { platformRole: role as Person['platformRole'] });
  };
  const deed = (targetId: string) =>
    ({
      action: 'ORG_UPDATE',
      targetType: 'organization',
      targetId,
      reason: 'asked for',
      origin: { ipAddress: 'x' },
    }) as const;
  const logged = async (person: Person) =>
    (
      await db.platform.query('SELECT success, error, target_id FROM admin_action_logs WHERE admin_id = $1', [
        person.userId,
      ])
    ).rows;

  it('act past tenants, and what they did is logged with it', async () => {
    const [a, ann] = [await tenant(db), await operator('ADMIN')];
    const name = await t.auth.actAsStaff(ann, deed(a.id), async (client) => {
      const { rows } = await client.query(
        "UPDATE organizations SET name = 'Renamed' WHERE id = $1 RETURNING name",
        [a.id],
      );
      return rows[0].name;
    });
    expect(name).toBe('Renamed');
    expect(await logged(ann)).toEqual([{ success: true, error: null, target_id: a.id }]);
  });

  it('leave nothing but a logged failure when their work fails', async () => {
    const [a, ann] = [await tenant(db), await operator('ADMIN')];
    const work = t.auth.actAsStaff(ann, deed(a.id), async (client) => {
      await client.query("UPDATE organizations SET name = 'Broken' WHERE id = $1", [a.id]);
      throw new Error('half way');
    });
    await expect(work).rejects.toThrow('half way');
    const { rows } = await db.platform.query('SELECT name FROM organizations WHERE id = $1', [a.id]);
    expect(rows).toEqual([{ name: 'Tenant' }]);
    expect(await logged(ann)).toEqual([{ success: false, error: 'Error: half way', target_id: a.id }]);
  });

  it.each(['EMPLOYEE', 'MODERATOR'])(
    'of role %s, and keys and those who lost the role, are refused and logged',
    async (role) => {
      const a = await tenant(db);
      const person = await operator(role);
      // The session was let in when the role was another.
      const claims = { ...person, platformRole: 'SUPER_ADMIN' } as const;
      await expect(t.auth.actAsStaff(claims, deed(a.id), async () => 1)).rejects.toMatchObject({
        code: 'STAFF_ONLY',
      });
      const root = await operator('SUPER_ADMIN');
      await expect(
        t.auth.actAsStaff({ ...root, via: 'key' }, deed(a.id), async () => 1),
      ).rejects.toMatchObject({
        code: 'STAFF_ONLY',
      });
      expect(await logged(person)).toMatchObject([{ success: false }]);
    },
  );

  it('have roles that include each other', () => {
    expect(staffMay('MODERATOR', 'REVIEW_MODERATE')).toBe(true);
    expect(staffMay('SUPER_ADMIN', 'REVIEW_MODERATE')).toBe(true);
    expect(staffMay('ADMIN', 'DATA_EXPORT')).toBe(false);
    expect(staffMay('EMPLOYEE', 'REVIEW_MODERATE')).toBe(false);
  });
});

describe('the demo', () => {
  it('gets accounts once, at once too, and nobody else does', async () => {
    const people = ['ottoline', 'barnaby'].map((n) => ({ email: `${n}@quillmarsh.example` }));
    for (const { email } of people)
      await db.platform.query(
        "INSERT INTO users (email, name, auth_subject) VALUES ($1, 'Demo', 'demo|' || $1)",
        [email],
      );
    await db.platform.query(
      "INSERT INTO users (email, auth_subject) VALUES ('real@quillmarsh.example', 'else')",
    );
    const all = [...people, { email: 'real@quillmarsh.example' }, { email: 'nobody@quillmarsh.example' }];
    const made = await Promise.all([seedSignIns(db.platform, all), seedSignIns(db.superuser, all)]);
    expect(made.sort()).toEqual([0, 2]);
    const ottoline = t.visitor();
    const answer = await ottoline.post('/sign-in/email', {
      email: people[0]!.email,
      password: DEMO_PASSWORD,
    });
    expect(answer.status).toBe(200);
    expect((await t.auth.authenticate(ottoline.headers()))?.person.email).toBe(people[0]!.email);
    const real = await t
      .visitor()
      .post('/sign-in/email', { email: 'real@quillmarsh.example', password: DEMO_PASSWORD });
    expect(real.status).toBe(401);
  });
});

describe('what is remembered', () => {
  it('is asked for once by many, kept for its time, bounded, and gone when forgotten', async () => {
    const remembered = new Remembered<number>(60_000, 2);
    let asked = 0;
    const ask = (key: string) => remembered.ask(key, async () => (asked += 1));
    expect(await Promise.all([ask('a'), ask('a'), ask('a')])).toEqual([1, 1, 1]);
    expect([remembered.get('a'), remembered.get('a', Date.now() + 60_001)]).toEqual([1, undefined]);
    await ask('b');
    await ask('c');
    expect([remembered.get('a'), remembered.get('b'), remembered.get('c')]).toEqual([undefined, 2, 3]);
    remembered.forget();
    expect(remembered.get('c')).toBeUndefined();
  });

  it('is not kept when it was forgotten while it was asked for, or past its own end', async () => {
    const remembered = new Remembered<number>(60_000, 2);
    let answer = (_: number) => {};
    const asking = remembered.ask(
      'a',
      () =>
        new Promise<number>((resolve) => {
          answer = resolve;
        }),
    );
    remembered.forget();
    answer(1);
    expect([await asking, remembered.get('a')]).toEqual([1, undefined]);
    await remembered.ask(
      'b',
      async () => 2,
      () => 0,
    );
    expect(remembered.get('b')).toBeUndefined();
  });

  it('of a member ends with an account that is closed, whose address is then free', async () => {
    const zoe = await t.join('zoe@example.com');
    const who = await t.auth.authenticate(zoe.headers());
    await db.platform.query(
      "UPDATE users SET deleted_at = now(), is_active = false, email = 'closed-1@invalid.example' WHERE id = $1",
      [who!.person.userId],
    );
    t.auth.forget();
    await expect(t.auth.authenticate(zoe.headers())).rejects.toMatchObject({ code: 'SESSION_INVALID' });
    const again = await t.join('zoe@example.com', { invitation: 'x' });
    const fresh = await t.auth.authenticate(again.headers());
    expect(fresh!.person.userId).not.toBe(who!.person.userId);
    expect(PASSWORD.length).toBeGreaterThan(11);
  });
});
