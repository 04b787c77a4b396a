import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { root, testServers } from '../support/server.ts';

/** docs/scale.sql exchanges functions and policies for a cluster; on one server nobody must see a difference. */
const prepare = readFileSync(join(root, 'docs/scale.sql'), 'utf8');
const id = (n: number) => `0190a000-0000-7000-8000-${n.toString(16).padStart(12, '0')}`;
const [alice, bob, tool, hidden, bundle] = [1, 2, 3, 4, 5].map(id);

async function scenario(db: TestDatabase): Promise<Record<string, unknown>> {
  const seen: Record<string, unknown> = {};
  const platform = (sql: string, values: unknown[] = []) => db.platform.query(sql, values);
  await platform("INSERT INTO users (id, email) VALUES ($1, 'a@example.com'), ($2, 'b@example.com')", [
    alice,
    bob,
  ]);
  const create = 'SELECT app.create_organization($1, $2, $3) AS id';
  const theirs = (await platform(create, ['Theirs', 'theirs', bob])).rows[0].id;
  const ours = (await db.app({ user: alice! }, (c) => c.query(create, ['Ours', 'ours', alice]))).rows[0].id;
  const note = async (name: string, run: () => Promise<{ rows: unknown[]; rowCount: number | null }>) => {
    seen[name] = await run().then(
      ({ rows, rowCount }) => ({ rowCount, rows }),
      ({ code, constraint }: { code: string; constraint?: string }) => ({ code, constraint }),
    );
  };
  const asOurs = (sql: string, values: unknown[] = []) =>
    db.app({ organization: ours, user: alice!, role: 'OWNER' }, (c) => c.query(sql, values));

  const offer = `(id, organization_id, name, description, category, price_model, required_tier, integration_type, published_at)`;
  await platform(
    `INSERT INTO marketplace_tools ${offer} VALUES ($1, $3, 'Open', 'A tool.', 'CRM_TOOLS', 'FREE', 'STARTER', 'NATIVE', now()),
    ($2, $3, 'Hidden', 'A tool.', 'CRM_TOOLS', 'FREE', 'STARTER', 'NATIVE', NULL)`,
    [tool, hidden, theirs],
  );
  await platform(
    `INSERT INTO feature_flags (name, description, environment, is_enabled, rollout_percent, target_tiers, created_by_id)
     VALUES ('half', 'd', 'PRODUCTION', true, 50, '{}', $1), ('all', 'd', 'PRODUCTION', true, 100, '{STARTER}', $1), ('none', 'd', 'PRODUCTION', true, 100, '{GROWTH}', $1)`,
    [alice],
  );
  await note('taken address', () => db.app({ user: bob! }, (c) => c.query(create, ['Again', 'ours', bob])));
  await note('for somebody else', () =>
    db.app({ user: bob! }, (c) => c.query(create, ['Again', 'again', alice])),
  );
  await note('categories', () => asOurs('SELECT code FROM expense_categories ORDER BY 1'));
  await note('members', () => asOurs('SELECT user_id, role FROM organization_members'));
  await note('people', () => asOurs('SELECT id FROM users ORDER BY 1'));
  const review = 'INSERT INTO marketplace_reviews (user_id, tool_id, rating) VALUES ($1, $2, 4)';
  await note('review of a hidden tool', () => asOurs(review, [alice, hidden]));
  await note('review of no tool', () => asOurs(review, [alice, id(99)]));
  await note('review', () => asOurs(review, [alice, tool]));
  await note('review that moderates itself', () =>
    asOurs(review.replace('(user_id', '(moderation_notes, user_id').replace('($1', "('fine', $1"), [
      alice,
      tool,
    ]),
  );
  await note('the only owner leaves', () =>
    asOurs('UPDATE organization_members SET left_at = now() WHERE user_id = $1', [alice]),
  );
  await platform(
    "INSERT INTO organization_members (organization_id, user_id, role) VALUES ($1, $2, 'OWNER')",
    [ours, bob],
  );
  await note('one of two owners leaves', () =>
    asOurs('UPDATE organization_members SET left_at = now() WHERE user_id = $1', [bob]),
  );
  await note('colleagues, who left too', () => asOurs('SELECT id FROM users ORDER BY 1'));
  await note('flags', () =>
    asOurs("SELECT name FROM app.my_feature_flags('PRODUCTION') WHERE name <> 'half' ORDER BY 1"),
  );
  await note('flags, on', () =>
    asOurs("SELECT enabled FROM app.my_feature_flags('PRODUCTION') WHERE name <> 'half' ORDER BY name"),
  );
  await note('no flags without a user', () =>
    db.app({ organization: ours }, (c) => c.query("SELECT * FROM app.my_feature_flags('PRODUCTION')")),
  );
  await note('alerts', () => asOurs('SELECT title FROM app.my_system_alerts()'));
  await note('history of no alert', () => asOurs('SELECT * FROM app.alert_history($1)', [id(98)]));
  await platform(
    `INSERT INTO marketplace_bundles (id, organization_id, name, description, discount_percent, price_model, required_tier, published_at)
     VALUES ($1, $2, 'Bundle', 'A bundle.', 0, 'FREE', 'STARTER', NULL)`,
    [bundle, theirs],
  );
  await platform(
    'INSERT INTO marketplace_bundle_items (organization_id, bundle_id, tool_id) VALUES ($1, $2, $3)',
    [theirs, bundle, tool],
  );
  await note('items of a hidden bundle', () => asOurs('SELECT tool_id FROM marketplace_bundle_items'));
  await platform("UPDATE marketplace_bundles SET status = 'ACTIVE', published_at = now() WHERE id = $1", [
    bundle,
  ]);
  await note('items of a published bundle', () => asOurs('SELECT tool_id FROM marketplace_bundle_items'));
  await platform('DELETE FROM organizations WHERE id = $1', [theirs]).then(
    () => (seen.deleted = true),
    (e) => (seen.deleted = e.code),
  );
  return seen;
}

describe.each(testServers())('on PostgreSQL $version a database prepared for a cluster', (server) => {
  it('answers as one that is not', async () => {
    const [plain, prepared] = [await freshDatabase({ server }), await freshDatabase({ server })];
    await prepared.owner.query(prepare);
    const expected = await scenario(plain);
    expect(await scenario(prepared)).toEqual(expected);
    expect(expected['taken address']).toEqual({ code: '23505', constraint: 'organizations_slug_key' });
    expect(expected['the only owner leaves']).toMatchObject({ code: '23514' });
    expect(expected['review of a hidden tool']).toMatchObject({ code: '42501' });
    expect(expected.review).toMatchObject({ rowCount: 1 });
    expect(expected['items of a published bundle']).toMatchObject({ rowCount: 1 });
    expect(expected['items of a hidden bundle']).toMatchObject({ rowCount: 0 });
    expect(expected['flags, on']).toMatchObject({ rows: [{ enabled: true }, { enabled: false }] });
  });
});
