import { expect, it } from 'vitest';
import { installContextKeys } from '../../src/tenancy/index.ts';
import { freshDatabase } from '../support/database.ts';
import { contextKey } from '../support/server.ts';
import { tenancyOn } from '../support/tenancy.ts';
import { tenant } from '../support/tenants.ts';

it('a bound client signs with the new key at its next call, and the old key may end at once', async () => {
  const db = await freshDatabase();
  let key = contextKey;
  const tenancy = tenancyOn(db, { keys: { signing: () => key } });
  const { id } = await tenant(db);
  const client = tenancy.for({ organizationId: id });
  expect(await client.lead.count()).toBe(0);
  const next = { id: 2, secret: Buffer.alloc(32, 9) };
  await installContextKeys(db.owner, [next, contextKey]);
  expect(await client.lead.count()).toBe(0);
  key = next;
  expect(await client.lead.count()).toBe(0);
  await db.owner.query('UPDATE app.context_keys SET expires_at = now() WHERE id = $1', [contextKey.id]);
  expect(await client.lead.count()).toBe(0);
  key = contextKey;
  await expect(client.lead.count()).rejects.toMatchObject({ code: 'CONTEXT_INVALID' });
});

it('a key that cannot be read fails the call alone, and its connection serves the next', async () => {
  const db = await freshDatabase();
  let readable = true;
  const signing = () => {
    if (readable) return contextKey;
    throw new Error('the key file is gone');
  };
  const tenancy = tenancyOn(db, { keys: { signing }, connections: 1 });
  const { id } = await tenant(db);
  const client = tenancy.for({ organizationId: id });
  readable = false;
  const calls = [
    () => client.lead.count(),
    () => client.$queryRaw`SELECT 1`,
    () => client.$transaction([client.lead.count()]),
    () => client.$transaction((tx) => tx.lead.count()),
    () => client.$bulkInsert('Lead', [{ name: 'Ada' }]),
  ];
  for (const call of calls) await expect(call()).rejects.toThrow('the key file is gone');
  readable = true;
  expect(await client.lead.count()).toBe(0);
});
