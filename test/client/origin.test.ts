import { expect, it } from 'vitest';
import { freshDatabase } from '../support/database.ts';
import { tenancyOn } from '../support/tenancy.ts';
import { tenant } from '../support/tenants.ts';

const db = await freshDatabase();
// One connection, so that what a call leaves is what the next one finds.
const plain = tenancyOn(db, { connections: 1 });
const pooled = tenancyOn(db, { connections: 1, pooler: true });
const named = tenancyOn(db, { connections: 1, pooler: true, preparedStatements: 50 });

it.each([
  ['directly', plain],
  ['as behind a pooler', pooled],
  ['as behind a pooler with prepared statements', named],
])('the origin of a request is in the log and nothing of it stays, %s', async (_, tenancy) => {
  const { id, owner } = await tenant(db);
  const who = { organizationId: id, userId: owner, role: 'OWNER' };
  const origin = { ipAddress: '198.51.100.7', userAgent: 'curl/8 "quoted" \u0000é\ud800' };
  const here = tenancy.for({ ...who, origin });
  const elsewhere = tenancy.for({ ...who, origin: { ipAddress: '198.51.100.8' } });
  const nowhere = tenancy.for(who);
  expect(tenancy.for({ ...who, origin: { ...origin } })).toBe(here);
  expect(elsewhere).not.toBe(here);

  await here.contact.create({ data: { name: 'single' } });
  await nowhere.contact.create({ data: { name: 'none' } });
  await elsewhere.$transaction(async (tx) => {
    await tx.contact.create({ data: { name: 'in a transaction' } });
    await tx.$transaction((inner) => inner.contact.create({ data: { name: 'in a savepoint' } }));
    await tx.contact.create({ data: { name: 'after it' } });
  });
  await here.$bulkInsert('Contact', [{ name: 'bulk' }]);
  await here.$executeRaw`INSERT INTO contacts (name) VALUES ('raw')`;
  await nowhere.$executeRaw`INSERT INTO contacts (name) VALUES ('raw none')`;

  const { rows } = await db.platform.query(
    `SELECT new_data ->> 'name' AS name, host(ip_address) AS ip, user_agent AS agent FROM activity_logs
     WHERE organization_id = $1 ORDER BY new_data ->> 'name' COLLATE "C"`,
    [id],
  );
  const agent = 'curl/8 "quoted" é\ufffd';
  expect(rows).toEqual([
    { name: 'after it', ip: '198.51.100.8', agent: null },
    { name: 'bulk', ip: '198.51.100.7', agent },
    { name: 'in a savepoint', ip: '198.51.100.8', agent: null },
    { name: 'in a transaction', ip: '198.51.100.8', agent: null },
    { name: 'none', ip: null, agent: null },
    { name: 'raw', ip: '198.51.100.7', agent },
    { name: 'raw none', ip: null, agent: null },
    { name: 'single', ip: '198.51.100.7', agent },
  ]);
});

it('an origin that is too long is cut, and one that is no address is none', async () => {
  const { id, owner } = await tenant(db);
  const origin = { ipAddress: `${'9'.repeat(5000)}`, userAgent: 'x'.repeat(100_000) };
  await plain.for({ organizationId: id, userId: owner, origin }).contact.create({ data: { name: 'Ada' } });
  const { rows } = await db.platform.query(
    'SELECT ip_address AS ip, length(user_agent) AS agent FROM activity_logs WHERE organization_id = $1',
    [id],
  );
  expect(rows).toEqual([{ ip: null, agent: 1000 }]);
});
