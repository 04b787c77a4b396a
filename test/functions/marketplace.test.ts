import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { testServers } from '../support/server.ts';
import { ask, member, type Tenant, tenant } from '../support/tenants.ts';

let made = 0;

describe.each(testServers())('the marketplace on PostgreSQL $version', (server) => {
  let db: TestDatabase;
  let publisher: Tenant;
  let ours: Tenant;
  beforeAll(async () => {
    db = await freshDatabase({ server });
    publisher = await tenant(db);
    await db.platform.query('UPDATE organizations SET is_platform = true WHERE id = $1', [publisher.id]);
  });
  beforeEach(async () => {
    ours = await tenant(db);
  });
  const context = () => ({ organization: ours.id, user: ours.owner });

  const TOOL = {
    price_model: 'MONTHLY',
    price_amount: 10,
    required_tier: 'STARTER',
    status: 'ACTIVE',
    published_at: '2026-01-01' as string | null,
  };
  const tool = async (set: Partial<typeof TOOL> = {}) => {
    const t = { ...TOOL, ...set, name: `Tool ${made++}` };
    const { rows } = await db.platform.query(
      `INSERT INTO marketplace_tools (organization_id, name, description, category, integration_type, price_model, price_amount, required_tier, status, published_at)
       VALUES ($1, $2, 'D', 'CRM_TOOLS', 'NATIVE', $3, $4, $5, $6, $7) RETURNING id`,
      [publisher.id, t.name, t.price_model, t.price_amount, t.required_tier, t.status, t.published_at],
    );
    return { id: rows[0].id as string, ...t };
  };
  const bundle = async (tools: readonly { id: string }[], status = 'ACTIVE') => {
    const { rows } = await db.platform.query(
      `INSERT INTO marketplace_bundles (organization_id, name, description, price_model, price_amount, discount_percent, required_tier, status, published_at)
       VALUES ($1, $2, 'D', 'MONTHLY', 18, 10, 'STARTER', $3::bundle_status, CASE WHEN $3::bundle_status = 'DRAFT' THEN NULL ELSE now() END) RETURNING id, name`,
      [publisher.id, `Bundle ${made++}`, status],
    );
    for (const t of tools) {
      await db.platform.query(
        'INSERT INTO marketplace_bundle_items (organization_id, bundle_id, tool_id) VALUES ($1, $2, $3)',
        [publisher.id, rows[0].id, t.id],
      );
    }
    return rows[0] as { id: string; name: string };
  };
  const toCart = (toolId: string | null, bundleId: string | null = null) =>
    ask(
      db,
      context(),
      `INSERT INTO marketplace_cart (user_id, item_type, tool_id, bundle_id)
      VALUES ($1, (CASE WHEN $2::uuid IS NULL THEN 'BUNDLE' ELSE 'TOOL' END)::marketplace_item_type, $2, $3) RETURNING id`,
      [ours.owner, toolId, bundleId],
    );
  const BUY = `INSERT INTO marketplace_purchases (organization_id, user_id, purchase_type, tool_id, item_name, price_model, amount, payment_method, is_subscription, renews_purchase_id)
    VALUES ($1, $2, 'TOOL', $3, $4, $5::price_model, $6, 'CREDIT_CARD', $5::price_model IN ('MONTHLY','ANNUAL','USAGE_BASED'), $7) RETURNING id`;
  const buy = (
    t: { id: string; name: string; price_model: string },
    amount: number,
    renews: string | null = null,
  ) => ask(db, context(), BUY, [ours.id, ours.owner, t.id, t.name, t.price_model, amount, renews]);
  /** A purchase in a later state of its life, as billing leaves it. */
  const bought = async (set: {
    tool?: string;
    bundle?: string;
    status: string;
    payment?: string;
    date?: string;
  }) => {
    const { rows } = await db.platform.query(
      `INSERT INTO marketplace_purchases (organization_id, user_id, purchase_type, tool_id, bundle_id, item_name, price_model, amount, refunded_amount,
         payment_method, payment_status, is_subscription, subscription_start, subscription_end, status, activated_at, cancelled_at, refunded_at, purchase_date)
       VALUES ($1, $2, $3, $4, $5, 'Item', 'MONTHLY', 10, CASE WHEN $7::payment_status = 'REFUNDED' THEN 10 ELSE 0 END, 'CREDIT_CARD', $7::payment_status, true,
         '2026-01-01', '2026-02-01', $6, now(), now(), now(), $8) RETURNING id`,
      [
        ours.id,
        ours.owner,
        set.tool ? 'TOOL' : 'BUNDLE',
        set.tool,
        set.bundle,
        set.status,
        set.payment ?? 'SUCCEEDED',
        set.date ?? '2026-01-01',
      ],
    );
    return rows[0].id as string;
  };

  describe('what is on sale', () => {
    it.each(['ACTIVE', 'BETA'])('admits a published tool that is %s', async (status) => {
      expect(await toCart((await tool({ status })).id)).toEqual(expect.any(String));
    });

    it.each([
      { status: 'COMING_SOON' },
      { status: 'DEPRECATED' },
      { status: 'DISABLED' },
      { published_at: null },
    ])('refuses %j', async (set) => {
      const refused = {
        code: '23514',
        constraint: 'marketplace_cart_item_on_sale',
        message: 'This item is not on sale',
      };
      await expect(toCart((await tool(set)).id)).rejects.toMatchObject(refused);
    });

    it('refuses an item that does not exist with the same words as a hidden one', async () => {
      await expect(toCart('0190a000-0000-7000-8000-00000000dead')).rejects.toMatchObject({
        message: 'This item is not on sale',
      });
    });

    it('compares the plan with the required tier by rank', async () => {
      const t = await tool({ required_tier: 'GROWTH' });
      await expect(toCart(t.id)).rejects.toMatchObject({ constraint: 'marketplace_cart_tier' });
      await db.platform.query("UPDATE subscriptions SET tier = 'ELITE' WHERE organization_id = $1", [
        ours.id,
      ]);
      expect(await toCart(t.id)).toEqual(expect.any(String));
    });

    it('counts a cancelled subscription as FREE', async () => {
      await db.platform.query(
        "UPDATE subscriptions SET tier = 'ELITE', status = 'CANCELLED' WHERE organization_id = $1",
        [ours.id],
      );
      await expect(toCart((await tool()).id)).rejects.toMatchObject({ constraint: 'marketplace_cart_tier' });
      expect(await toCart((await tool({ required_tier: 'FREE' })).id)).toEqual(expect.any(String));
    });

    it('admits a bundle that is ACTIVE, also with an announced tool, and refuses a DRAFT', async () => {
      const coming = await tool({ status: 'COMING_SOON' });
      expect(await toCart(null, (await bundle([coming])).id)).toEqual(expect.any(String));
      await expect(toCart(null, (await bundle([], 'DRAFT')).id)).rejects.toMatchObject({ code: '23514' });
    });

    it('refuses to exchange an item in the cart for one that is not on sale', async () => {
      const id = await toCart((await tool()).id);
      const hidden = await tool({ published_at: null });
      await expect(
        ask(db, context(), 'UPDATE marketplace_cart SET tool_id = $2 WHERE id = $1', [id, hidden.id]),
      ).rejects.toMatchObject({ code: '23514' });
    });
  });

  describe('the price of a purchase', () => {
    it('is the list price, once or several times', async () => {
      expect(await buy(await tool(), 10)).toEqual(expect.any(String));
      expect(await buy(await tool(), 30)).toEqual(expect.any(String));
      expect(
        await buy(await tool({ price_model: 'FREE', price_amount: 0, required_tier: 'FREE' }), 0),
      ).toEqual(expect.any(String));
    });

    it.each([0, 9.99, 15, 1000])('is not %d when the list says 10', async (amount) => {
      await expect(buy(await tool(), amount)).rejects.toMatchObject({
        constraint: 'marketplace_purchases_price',
      });
    });

    it('keeps name and price model of the list', async () => {
      const t = await tool();
      await expect(buy({ ...t, name: 'Other' }, 10)).rejects.toMatchObject({
        constraint: 'marketplace_purchases_price',
      });
      await expect(buy({ ...t, price_model: 'ANNUAL' }, 10)).rejects.toMatchObject({
        constraint: 'marketplace_purchases_price',
      });
    });

    it('of a CUSTOM item is set by the platform only', async () => {
      const t = await tool({ price_model: 'CUSTOM', price_amount: 0 });
      await expect(buy(t, 0)).rejects.toMatchObject({ constraint: 'marketplace_purchases_price' });
      expect(
        (await db.platform.query(BUY, [ours.id, ours.owner, t.id, t.name, 'CUSTOM', 4321, null])).rowCount,
      ).toBe(1);
    });
  });

  describe('a renewal', () => {
    it('of a tool that is no longer sold passes, at the old price', async () => {
      const t = await tool();
      const first = await bought({ tool: t.id, status: 'EXPIRED' });
      await db.platform.query(
        "UPDATE marketplace_tools SET status = 'DEPRECATED', price_amount = 25 WHERE id = $1",
        [t.id],
      );
      expect(await buy({ ...t, name: 'Item' }, 10, first)).toEqual(expect.any(String));
    });

    it('needs an active or expired subscription to the same item of the same organization', async () => {
      const [t, other] = [await tool(), await tool()];
      const refused = { constraint: 'marketplace_purchases_renewal' };
      await expect(buy(t, 10, await bought({ tool: other.id, status: 'EXPIRED' }))).rejects.toMatchObject(
        refused,
      );
      await expect(
        buy(t, 10, await bought({ tool: t.id, status: 'REFUNDED', payment: 'REFUNDED' })),
      ).rejects.toMatchObject(refused);
      const earlier = await bought({ tool: t.id, status: 'EXPIRED' });
      ours = await tenant(db);
      await expect(buy(t, 10, earlier)).rejects.toMatchObject(refused);
    });
  });

  describe('publication and counters', () => {
    const insert = (as: Tenant, extra: string, value: string) =>
      ask(
        db,
        { organization: as.id, user: as.owner },
        `INSERT INTO marketplace_tools (name, description, category, integration_type, price_model, required_tier, ${extra})
        VALUES ('Mine ${made++}', 'D', 'CRM_TOOLS', 'NATIVE', 'FREE', 'FREE', ${value}) RETURNING id`,
      );

    it('let the platform’s organization publish, and nobody else', async () => {
      expect(await insert(publisher, 'published_at', 'now()')).toEqual(expect.any(String));
      await expect(insert(ours, 'published_at', 'now()')).rejects.toMatchObject({
        code: '42501',
        message: 'Publication is decided by the platform',
      });
    });

    it('let a tenant prepare a tool, which the platform then publishes; the tenant cannot withdraw it', async () => {
      const id = await insert(ours, 'version', "'0.1'");
      const set = (to: string) =>
        ask(db, context(), `UPDATE marketplace_tools SET published_at = ${to} WHERE id = $1`, [id]);
      await expect(set('now()')).rejects.toMatchObject({ code: '42501' });
      expect(
        (await db.platform.query('UPDATE marketplace_tools SET published_at = now() WHERE id = $1', [id]))
          .rowCount,
      ).toBe(1);
      await expect(set('NULL')).rejects.toMatchObject({ code: '42501' });
      await ask(db, context(), "UPDATE marketplace_tools SET description = 'Better' WHERE id = $1", [id]);
    });

    it('keep counters and ratings from publishers, the platform’s organization included', async () => {
      for (const [column, value] of [
        ['purchase_count', '1'],
        ['view_count', '1'],
        ['review_count, avg_rating', '1, 5'],
      ] as const) {
        await expect(insert(publisher, column, value)).rejects.toMatchObject({
          code: '42501',
          message: 'Counters and ratings are kept by the platform',
        });
      }
      const t = await tool();
      const as = { organization: publisher.id, user: publisher.owner };
      await expect(
        ask(db, as, 'UPDATE marketplace_tools SET view_count = 9 WHERE id = $1', [t.id]),
      ).rejects.toMatchObject({ code: '42501' });
      const b = await bundle([t]);
      await expect(
        ask(db, as, 'UPDATE marketplace_bundles SET purchase_count = 9 WHERE id = $1', [b.id]),
      ).rejects.toMatchObject({ code: '42501' });
      expect(
        (await db.platform.query('UPDATE marketplace_tools SET view_count = 9 WHERE id = $1', [t.id]))
          .rowCount,
      ).toBe(1);
    });
  });

  describe('a verified review', () => {
    const review = async (toolId: string, extra = '', value = '') => {
      const { rows } = await db.app(context(), (c) =>
        c.query(
          `INSERT INTO marketplace_reviews (tool_id, user_id, rating${extra}) VALUES ($1, $2, 4${value}) RETURNING id, verified_purchase, purchase_id`,
          [toolId, ours.owner],
        ),
      );
      return rows[0];
    };

    it.each(['ACTIVE', 'EXPIRED', 'CANCELLED'])('rests on a purchase that is %s', async (status) => {
      const t = await tool();
      const purchase = await bought({ tool: t.id, status });
      expect(await review(t.id)).toMatchObject({ verified_purchase: true, purchase_id: purchase });
    });

    it.each([
      ['PENDING', 'PENDING'],
      ['REFUNDED', 'REFUNDED'],
    ])('does not rest on a purchase that is %s', async (status, payment) => {
      const t = await tool();
      await bought({ tool: t.id, status, payment });
      expect(await review(t.id)).toMatchObject({ verified_purchase: false, purchase_id: null });
    });

    it('rests on a bundle that holds the tool, and on the newest purchase of several', async () => {
      const t = await tool();
      await bought({ tool: t.id, status: 'EXPIRED', date: '2026-01-01' });
      const newest = await bought({ bundle: (await bundle([t])).id, status: 'ACTIVE', date: '2026-03-01' });
      expect(await review(t.id)).toMatchObject({ verified_purchase: true, purchase_id: newest });
    });

    it('cannot be claimed, nor rest on another organization’s purchase', async () => {
      const t = await tool();
      await bought({ tool: t.id, status: 'ACTIVE' });
      ours = await tenant(db);
      expect(await review(t.id, ', verified_purchase', ', true')).toMatchObject({
        verified_purchase: false,
        purchase_id: null,
      });
    });

    it('loses its mark at the next change after a refund', async () => {
      const t = await tool();
      const purchase = await bought({ tool: t.id, status: 'ACTIVE' });
      const { id } = await review(t.id);
      await db.platform.query(
        "UPDATE marketplace_purchases SET status = 'REFUNDED', payment_status = 'REFUNDED', refunded_amount = amount WHERE id = $1",
        [purchase],
      );
      expect(
        await ask(
          db,
          context(),
          'UPDATE marketplace_reviews SET rating = 5 WHERE id = $1 RETURNING verified_purchase',
          [id],
        ),
      ).toBe(false);
    });

    it('leaves its tenant only when approved, and without names', async () => {
      const t = await tool();
      const author = await member(db, ours.id);
      await db.platform.query(
        `INSERT INTO marketplace_reviews (organization_id, tool_id, user_id, rating, status, moderated_at) VALUES ($1, $2, $3, 5, 'APPROVED', now()), ($1, $2, $4, 1, 'PENDING', NULL)`,
        [ours.id, t.id, author, ours.owner],
      );
      const stranger = await tenant(db);
      const { rows, fields } = await db.app({ organization: stranger.id, user: stranger.owner }, (c) =>
        c.query('SELECT * FROM marketplace_public_reviews WHERE tool_id = $1', [t.id]),
      );
      expect(rows).toMatchObject([{ rating: 5 }]);
      expect(fields.map((f) => f.name)).toEqual([
        'tool_id',
        'rating',
        'title',
        'review',
        'verified_purchase',
        'reviewed_on',
      ]);
    });
  });
});
