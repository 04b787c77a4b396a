import { connectTo } from '../src/database/client.ts';
import { startTemporaryServer } from '../src/database/embedded/temporary.ts';
import { withDatabase } from '../src/database/engine/connection.ts';
import { show, timed } from './timing.ts';

const RUNS = 5;
const server = await startTemporaryServer({ binaries: process.env.BENCH_POSTGRES ?? 'embedded' });
const admin = await connectTo(server.superuserUrl);
const times: number[] = [];
try {
  for (let run = 0; run < RUNS; run++) {
    await admin.query(`CREATE DATABASE deploy_${run} TEMPLATE template0`);
    const { ms, code, output } = await timed(['npx', 'prisma', 'migrate', 'deploy'], {
      DATABASE_URL: withDatabase(server.superuserUrl, `deploy_${run}`),
    });
    if (code !== 0) throw new Error(output);
    times.push(ms);
  }
} finally {
  await admin.end();
  await server.stop();
}
show('npx prisma migrate deploy, empty database', times, 4000);
