import pg from 'pg';
import { boundTenancy } from './contenders.ts';
import type { World } from './world.ts';

const ROWS = 100_000;
const names = ['name', 'email', 'company', 'created_at'] as const;

/** Rows a second of writing 100,000 contacts of one tenant, by COPY past row security and by the bound client. */
export async function bulkRates(world: World, rounds: number): Promise<{ copy: number[]; bound: number[] }> {
  const tenancy = boundTenancy(world);
  const organizationId = world.tenants[0]!;
  const client = tenancy.for({ organizationId, userId: organizationId, role: 'OWNER' });
  const rows = Array.from({ length: ROWS }, (_, i) => ({
    name: `Bulk ${i}`,
    email: `bulk${i}@example.com`,
    company: `Company ${i % 100}`,
    createdAt: new Date(Date.UTC(2026, 0, 1) + i * 1000),
  }));
  const rates = { copy: [] as number[], bound: [] as number[] };
  const clear = async () => {
    await world.superuser.query("DELETE FROM contacts WHERE organization_id = $1 AND name LIKE 'Bulk %'", [
      organizationId,
    ]);
    await world.superuser.query('VACUUM contacts');
  };
  for (let round = 0; round <= rounds; round += 1) {
    const copied = await rate(() => copyIn(world, organizationId, rows));
    await clear();
    const written = await rate(() => client.$bulkInsert('Contact', rows));
    await clear();
    if (round === 0) continue;
    rates.copy.push(copied);
    rates.bound.push(written);
  }
  await tenancy.close();
  return rates;
}

async function rate(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return (ROWS / (performance.now() - started)) * 1000;
}

/** COPY FROM STDIN, the rows turned into its text format on the way, as a program must. */
async function copyIn(
  { urls }: World,
  organizationId: string,
  rows: readonly { name: string; email: string; company: string; createdAt: Date }[],
): Promise<void> {
  const client = new pg.Client(urls.bare);
  await client.connect();
  await new Promise<void>((resolve, reject) => {
    const copy = {
      submit: (connection: { query(text: string): void }) =>
        connection.query(`COPY contacts (organization_id, ${names.join(', ')}) FROM STDIN`),
      handleCopyInResponse: (connection: { sendCopyFromChunk(chunk: Buffer): void; endCopyFrom(): void }) => {
        for (let i = 0; i < rows.length; i += 5000) {
          const lines = rows
            .slice(i, i + 5000)
            .map(
              (r) => `${organizationId}\t${r.name}\t${r.email}\t${r.company}\t${r.createdAt.toISOString()}\n`,
            );
          connection.sendCopyFromChunk(Buffer.from(lines.join('')));
        }
        connection.endCopyFrom();
      },
      handleCommandComplete: () => {},
      handleReadyForQuery: () => resolve(),
      handleError: reject,
    };
    client.query(copy as unknown as pg.Submittable);
  });
  await client.end();
}
