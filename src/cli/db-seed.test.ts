import { describe, expect, it } from 'vitest';
import { freshDatabase } from '../../test/support/database.ts';
import { root } from '../../test/support/server.ts';
import { seed, seedText } from './db-seed.ts';

describe('db:seed', () => {
  it('says what it added, and adds nothing the second time', async () => {
    const db = await freshDatabase();
    const first = await seed(root, db);
    expect(first.tables.marketplace_tools).toEqual({ rows: 54, inserted: 54 });
    expect(seedText(first)).toMatch(/^ {2}marketplace_tools +54$/m);
    const second = await seed(root, db);
    expect(second.inserted).toBe(0);
    const { rows } = await db.platform.query('SELECT name, status FROM queue.runs');
    expect(rows).toEqual(Array(3).fill({ name: 'crm.rescore-leads', status: 'QUEUED' }));
    expect(seedText(second)).toBe('Everything is there already; nothing was added.');
  });

  it('refuses a database without the migrations and names the remedy', async () => {
    const db = await freshDatabase({ empty: true });
    await expect(seed(root, db)).rejects.toMatchObject({
      code: 'SEED_NOT_MIGRATED',
      hint: expect.stringContaining('db:apply'),
    });
  });
});
