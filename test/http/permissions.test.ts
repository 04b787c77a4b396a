import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { LIMITS, permissionsOf, seedSignIns } from '../../src/auth/index.ts';
import { demoPeople } from '../../src/modules/organizations/index.ts';
import { appOn, type TestApp } from '../support/app.ts';
import type { TestDatabase } from '../support/database.ts';
import { demoDatabase } from '../support/demo-database.ts';
import { permissionTables, plansTable } from '../support/pages.ts';
import { root } from '../support/server.ts';

let server: TestApp;
let db: TestDatabase;
let owner: Record<string, string>;
let ours: string;
let theirs: string;
const page = (name: string) => readFileSync(join(root, 'docs', name), 'utf8');

beforeAll(async () => {
  const demo = await demoDatabase();
  ({ db, ours, theirs } = demo);
  await seedSignIns(db.platform, demoPeople());
  server = await appOn(db);
  owner = await server.signIn('ottoline@quillmarsh.example');
});

describe('the pages', () => {
  it('on plans and permissions say what the server enforces', () => {
    expect(page('plans.md')).toContain(plansTable());
    expect(page('permissions.md')).toContain(permissionTables(server.parts.modules));
  });
});

describe('a VIEWER', () => {
  /** What everybody does for themselves, and a link to a file that they may read. Rules of signing ask who signs. */
  const OWN = new Set([
    'endMembership',
    'viewSignature',
    'signDocument',
    'declineSignature',
    'markNotificationRead',
    'markAllNotificationsRead',
    'dismissAlert',
    'linkFile',
  ]);

  it('has no permission for any route that writes, but for what is their own', () => {
    const held = permissionsOf('VIEWER');
    const open = server.parts.modules
      .flatMap((m) => m.routes)
      .filter((r) => r.method !== 'get' && held.has(r.permission) && !OWN.has(r.operationId));
    expect(open.map((r) => [r.operationId, r.method, r.path])).toEqual([]);
  });
});

describe('one session', () => {
  it('works in two organizations at once, each with its own role and rows', async () => {
    await db.platform.query(
      `INSERT INTO organization_members (organization_id, user_id, role)
       SELECT $1, id, 'VIEWER' FROM users WHERE email = 'ottoline@quillmarsh.example'`,
      [ours],
    );
    server.parts.auth.forget();
    const ask = (slug: string, method = 'GET', body?: object) =>
      server.ask(method, `/v1/orgs/${slug}/data/contacts${method === 'GET' ? '?limit=200' : ''}`, {
        headers: owner,
        ...(body ? { body } : {}),
      });
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, i) => ask(i % 2 ? 'quillmarsh-realty' : 'oddfern-properties')),
    );
    for (const [i, answer] of answers.entries()) {
      const { data } = (await answer.json()) as { data: { organizationId: string }[] };
      expect(new Set(data.map((c) => c.organizationId))).toEqual(new Set([i % 2 ? theirs : ours]));
    }
    const made = await Promise.all([
      ask('quillmarsh-realty', 'POST', { name: 'Two' }),
      ask('oddfern-properties', 'POST', { name: 'Two' }),
    ]);
    expect(made.map((a) => a.status)).toEqual([201, 403]);
    expect(made[0]!.headers.get('location')).toContain('/v1/orgs/quillmarsh-realty/data/contacts/');
  });
});

describe('a plan', () => {
  it('without the activity log and lead scoring gives neither, by the data API either', async () => {
    await db.platform.query("UPDATE subscriptions SET status = 'CANCELLED' WHERE organization_id = $1", [
      theirs,
    ]);
    server.parts.auth.forget();
    expect(LIMITS.FREE.features).toEqual({
      activityLog: false,
      leadScoring: false,
      signatureRequests: false,
    });
    const base = '/v1/orgs/quillmarsh-realty';
    const lead = {
      name: 'Rich',
      email: 'rich@example.com',
      budget: '900000',
      source: 'REFERRAL',
      phone: '+15125550100',
    };
    const made = await server.ask('POST', `${base}/data/leads`, { headers: owner, body: lead });
    const { id, scoreValue } = (await made.json()) as { id: string; scoreValue: number };
    expect([made.status, scoreValue]).toEqual([201, 0]);
    const refused = await Promise.all(
      [
        ['GET', `${base}/activity`],
        ['GET', `${base}/data/activity-logs`],
        ['POST', `${base}/leads/${id}/score`],
      ].map(([method, path]) => server.ask(method!, path!, { headers: owner })),
    );
    for (const answer of refused)
      expect([answer.status, await answer.json()]).toMatchObject([403, { code: 'FEATURE_NOT_IN_PLAN' }]);
  });
});
