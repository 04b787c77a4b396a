import { beforeAll, describe, expect, it } from 'vitest';
import { signContext } from '../../src/tenancy/index.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { contextKey, testServers } from '../support/server.ts';

/** Attacks that were once possible, or nearly so, by any SQL in the application role. */
describe.each(testServers())('on PostgreSQL $version the application role', (server) => {
  let db: TestDatabase;
  const [alice, bob] = ['0190a000-0000-7000-8000-00000000000a', '0190a000-0000-7000-8000-00000000000b'];
  let ours: string;
  let theirs: string;
  let hidden: string;
  let onSale: string;

  beforeAll(async () => {
    db = await freshDatabase({ server });
    await db.platform.query(
      "INSERT INTO users (id, email) VALUES ($1, 'a@example.com'), ($2, 'b@example.com')",
      [alice, bob],
    );
    const create = 'SELECT app.create_organization($1, $2, $3) AS id';
    ours = (await db.platform.query(create, ['Ours', 'ours', alice])).rows[0].id;
    theirs = (await db.platform.query(create, ['Theirs', 'theirs', bob])).rows[0].id;
    const tool = `INSERT INTO marketplace_tools (organization_id, name, description, category, price_model, required_tier, integration_type, published_at)
                  VALUES ($1, $2, 'A tool.', 'CRM_TOOLS', 'FREE', 'STARTER', 'NATIVE', $3) RETURNING id`;
    hidden = (await db.platform.query(tool, [theirs, 'Hidden', null])).rows[0].id;
    onSale = (await db.platform.query(tool, [theirs, 'On sale', new Date()])).rows[0].id;
  });
  const asOurs = (sql: string, values: unknown[]) =>
    db.app({ organization: ours, user: alice, role: 'OWNER' }, (c) => c.query(sql, values));
  const refusal = async (run: Promise<unknown>) => {
    const { code, message } = (await run.catch((error: unknown) => error)) as {
      code?: string;
      message?: string;
    };
    return { code, message };
  };

  it('may not make temporary objects', async () => {
    expect(await refusal(asOurs('CREATE TEMP TABLE leads (id int)', []))).toMatchObject({ code: '42501' });
  });

  it('cannot give another organization categories from within a trigger of its own', async () => {
    await db.superuser.query(`GRANT TEMPORARY ON DATABASE ${db.name} TO lotline_app`);
    await db.platform.query('DELETE FROM expense_categories WHERE organization_id = $1', [theirs]);
    const attack = db.app({ organization: ours, user: alice, role: 'OWNER' }, async (c) => {
      await c.query('CREATE TEMP TABLE bait (i int)');
      await c.query(
        `CREATE FUNCTION pg_temp.spring() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM app.seed_organization('${theirs}'); RETURN NEW; END $$`,
      );
      await c.query(
        'CREATE TRIGGER spring BEFORE INSERT ON bait FOR EACH ROW EXECUTE FUNCTION pg_temp.spring()',
      );
      return c.query('INSERT INTO bait VALUES (1)');
    });
    expect(await refusal(attack)).toMatchObject({ code: '42501' });
    await db.superuser.query(`REVOKE TEMPORARY ON DATABASE ${db.name} FROM lotline_app`);
  });

  it('cannot tell a hidden tool of another publisher from none, nor tie it down by a review', async () => {
    const review = 'INSERT INTO marketplace_reviews (user_id, tool_id, rating) VALUES ($1, $2, 1)';
    const onHidden = await refusal(asOurs(review, [alice, hidden]));
    expect(onHidden).toEqual(await refusal(asOurs(review, [alice, '0190a000-0000-7000-8000-0000000000ff'])));
    expect(onHidden.code).toBe('42501');
    await expect(asOurs(review, [alice, onSale])).resolves.toMatchObject({ rowCount: 1 });
  });

  it('cannot moderate its own review while writing it', async () => {
    const forged =
      'INSERT INTO marketplace_reviews (user_id, tool_id, rating, moderated_at, moderated_by_id) VALUES ($1, $2, 5, now(), $3)';
    expect(await refusal(asOurs(forged, [alice, onSale, bob]))).toMatchObject({ code: '42501' });
  });

  it.each(['FREE', 'GROWTH'])('learns nothing of the plan of another organization, here %s', async (tier) => {
    await db.platform.query('UPDATE subscriptions SET tier = $1 WHERE organization_id = $2', [tier, theirs]);
    const cart =
      "INSERT INTO marketplace_cart (organization_id, user_id, item_type, tool_id) VALUES ($1, $2, 'TOOL', $3)";
    expect(await refusal(asOurs(cart, [theirs, bob, onSale]))).toEqual({
      code: '42501',
      message: 'The row belongs to another organization',
    });
  });
});

describe.each(testServers())('a context on PostgreSQL $version', (server) => {
  let db: TestDatabase;
  const organization = '0190a000-0000-7000-8000-00000000000c';
  const key = contextKey;
  const good = () => signContext({ organization }, key);
  const read = async (token: string) => {
    await db.superuser.query('BEGIN; SET LOCAL ROLE lotline_app');
    try {
      await db.superuser.query("SELECT set_config('app.context', $1, true)", [token]);
      return (await db.superuser.query('SELECT app.current_organization_id() AS id')).rows[0].id;
    } finally {
      await db.superuser.query('ROLLBACK');
    }
  };
  beforeAll(async () => {
    db = await freshDatabase({ server });
  });

  it('is accepted as signed', async () => {
    expect(await read(good())).toBe(organization);
  });

  it.each([
    ['another organization', () => good().replace(organization, organization.replace('c', 'd'))],
    ['an unsigned role', () => good().replace('...', '..OWNER.')],
    ['a later expiry', () => good().replace(/\.(\d{10})\./, (_, s) => `.${Number(s) + 9000}.`)],
    ['another key', () => signContext({ organization }, { id: key.id, secret: Buffer.alloc(32, 8) })],
    ['an unknown key id', () => signContext({ organization }, { id: 77, secret: key.secret })],
    ['a key id written otherwise', () => good().replace('.1.', '.01.')],
    ['an expiry in the past', () => signContext({ organization }, key, -1)],
    ['a part too few', () => good().replace('.', '')],
    ['a part too many', () => `${good()}.x`],
    ['a signature cut off', () => good().slice(0, -1)],
    ['no signature', () => good().replace(/\.[^.]*$/, '.')],
    ['only dots', () => '.....'],
    ['words', () => 'DROP TABLE leads'],
    ['a great length', () => 'x.'.repeat(100_000)],
  ])('is refused with %s, always by the same error', async (_, token) => {
    await expect(read(token())).rejects.toMatchObject({
      code: '42501',
      message: 'the tenant context is not valid',
    });
  });

  it('is refused when its key has been retired', async () => {
    await db.owner.query("UPDATE app.context_keys SET expires_at = now() - interval '1 s' WHERE id = $1", [
      key.id,
    ]);
    await expect(read(good())).rejects.toMatchObject({ code: '42501' });
    await db.owner.query('UPDATE app.context_keys SET expires_at = NULL');
  });
});
