import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { connectTo } from '../src/database/client.ts';
import { startTemporaryServer } from '../src/database/embedded/temporary.ts';
import { withDatabase } from '../src/database/engine/connection.ts';
import { installContextKey } from '../src/migrations/index.ts';
import { prismaDiff } from '../src/migrations/prisma-diff.ts';
import { adopt, foreignSchema, readForeignSchema } from '../src/tenancy/adopt/index.ts';
import { mutants } from './adopt/mutants.ts';
import { probe } from './adopt/probe.ts';
import { seed, seedTables } from './adopt/rows.ts';
import { buildTables } from './adopt/tables.ts';

/**
 * Adopts every schema in a folder (one folder or file each) for real: builds it on a scratch server, fills every table
 * with a row of two tenants, applies the migrations, and tries the boundary as the application role.
 * A name may say the tenant: `folder=Model`.
 */
const [folder = '.', ...rest] = process.argv.slice(2);
const tenants = new Map(rest.filter((a) => a.includes('=')).map((a) => a.split('=') as [string, string]));
const only = rest.filter((a) => !a.includes('=') && !a.startsWith('-'));
const keys = rest.includes('--guards') ? 'guards' : 'composite';
const denormalise = rest.includes('--denormalise');
const key = { id: 1, secret: Buffer.alloc(32, 7) };
const root = resolve(process.env.INIT_CWD ?? process.cwd(), folder);
const server = await startTemporaryServer({ binaries: process.env.BENCH_POSTGRES ?? 'embedded' });
const admin = await connectTo(server.superuserUrl);
let failed = 0;

try {
  for (const name of readdirSync(root).sort()) {
    if (only.length > 0 && !only.includes(name)) continue;
    await measure(name).catch((error: Error) => {
      failed += 1;
      console.log(`${name}: ${error.message}`);
    });
  }
} finally {
  await admin.end();
  await server.stop();
}
process.exitCode = failed === 0 ? 0 : 1;

async function measure(name: string): Promise<void> {
  const started = performance.now();
  const tenant = tenants.get(name);
  const schema = readForeignSchema(join(root, name));
  const adoption = await adopt(schema, { keys, denormalise, ...(tenant ? { tenant } : {}) });
  const read = performance.now() - started;
  const scopes = Map.groupBy(adoption.proposals, (p) => p.scope);
  console.log(
    `${name}: ${adoption.proposals.length} models in ${Math.round(read)} ms, tenant ${adoption.choice.tenant.model}; ${[...scopes].map(([s, list]) => `${s} ${list.length}`).join(', ')}`,
  );
  const bonds = Map.groupBy(adoption.bonds, (b) => b.kind);
  console.log(
    `  references: ${[...bonds].map(([kind, list]) => `${kind} ${list.length}`).join(', ') || 'none'}; crossing uniques ${adoption.uniques.length}; nullable tenants ${adoption.nullable.length}`,
  );
  if (schema.provider !== 'postgresql') {
    console.log(`  not applied: ${schema.provider}`);
    return;
  }
  const database = `adopt_${name.replaceAll(/\W/g, '_')}`;
  await admin.query(`CREATE DATABASE ${database} TEMPLATE template0`);
  const client = await connectTo(withDatabase(server.superuserUrl, database));
  try {
    const standIns = await buildTables(client, await prismaDiff('empty', schema.reading));
    for (const what of standIns) console.log(`  stands in: ${what}`);
    const seeds = await seedTables(client, adoption);
    const rows = await seed(client, seeds);
    for (const step of adoption.steps) {
      const at = performance.now();
      await client.query(step.sql).catch((error: Error) => {
        throw new Error(`${step.name}: ${error.message}`, { cause: error });
      });
      console.log(`  ${step.name}: applied in ${Math.round(performance.now() - at)} ms`);
    }
    const after = await seedTables(client, adoption);
    await installContextKey(client, key);
    await client.query("ALTER ROLE lotline_app PASSWORD 'bench'");
    const url = new URL(withDatabase(server.superuserUrl, database));
    url.username = 'lotline_app';
    url.password = 'bench';
    const app = await connectTo(url.toString());
    try {
      const result = await probe(app, adoption, after, key, { admin: client });
      console.log(
        `  ${rows} rows, ${result.probes} probes: ${result.leaks.length} leaks, ${result.hidden.length} own rows out of reach, ${result.unclear.length} unclear`,
      );
      for (const what of result.leaks) console.log(`    LEAK ${what}`);
      for (const what of result.hidden) console.log(`    hidden ${what}`);
      if (rest.includes('--verbose')) for (const what of result.unclear) console.log(`    unclear ${what}`);
      if (result.leaks.length > 0) failed += 1;
      for (const [what, model, sql] of mutants(adoption)) {
        await client.query(sql);
        const { leaks } = await probe(app, adoption, after, key, { admin: client, only: model });
        console.log(`  without ${what}: ${leaks.length} leaks`);
        if (leaks.length === 0) failed += 1;
      }
    } finally {
      await app.end();
    }
    const adopted = foreignSchema(adoption.annotated);
    const drift = (await prismaDiff({ url: withDatabase(server.superuserUrl, database) }, adopted.reading))
      .split('\n')
      .filter((line) => /^(ALTER|DROP|CREATE)/.test(line));
    console.log(`  Prisma sees ${drift.length} statements of drift`);
    if (rest.includes('--verbose')) for (const line of drift) console.log(`    ${line}`);
  } finally {
    await client.end();
  }
}
