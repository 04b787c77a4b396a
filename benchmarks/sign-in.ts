import { openAuth } from '../src/auth/index.ts';
import { connectTo } from '../src/database/client.ts';
import { startTemporaryServer } from '../src/database/embedded/temporary.ts';
import { withDatabase } from '../src/database/engine/connection.ts';
import { applyMigrations } from '../src/migrations/index.ts';
import { projectRoot } from '../src/root.ts';

const BASE = 'http://lotline.test';
const PASSWORD = 'a long enough password';
const median = (times: number[]) => times.sort((a, b) => a - b)[times.length >> 1]!;

const server = await startTemporaryServer({ binaries: process.env.BENCH_POSTGRES ?? 'embedded' });
const admin = await connectTo(server.superuserUrl);
await admin.query('CREATE DATABASE signin TEMPLATE template0');
const url = withDatabase(server.superuserUrl, 'signin');
await applyMigrations({ root: projectRoot(), ownerUrl: url });
const client = await connectTo(url);
const links: string[] = [];
const auth = openAuth({
  platformUrl: url,
  secret: 'x'.repeat(64),
  baseUrl: BASE,
  outbox: { send: (_, letter) => links.push(letter.link?.url ?? ''), settled: async () => {} },
});
let addresses = 0;
const post = (path: string, body: unknown) => {
  addresses += 1;
  return auth.handler(
    new Request(`${BASE}/auth${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: BASE },
      body: JSON.stringify(body),
    }),
    // Another address each time: limits are not what is measured.
    { ipAddress: `198.51.${addresses >> 8}.${addresses & 255}` },
  );
};
try {
  await post('/sign-up/email', {
    name: 'Ada',
    email: 'ada@example.com',
    password: PASSWORD,
    organizationName: 'Ada',
  });
  await auth.settled();
  await post('/verify-email', { token: new URL(links[0]!).searchParams.get('token') });
  const answer = await post('/sign-in/email', { email: 'ada@example.com', password: PASSWORD });
  const headers = new Headers({ cookie: answer.headers.getSetCookie()[0]!.split(';')[0]! });
  const resolve = async () => auth.enter((await auth.authenticate(headers))!, 'ada');

  const uncached = [];
  for (let i = 0; i < 500; i += 1) {
    auth.forget();
    const begin = performance.now();
    await resolve();
    uncached.push(performance.now() - begin);
  }
  const batches = [];
  for (let round = 0; round < 20; round += 1) {
    const begin = performance.now();
    for (let i = 0; i < 5_000; i += 1) await resolve();
    batches.push(((performance.now() - begin) / 5_000) * 1000);
  }
  console.log(
    `session and organization, remembered: ${median(batches).toFixed(1)} µs (at best ${Math.min(...batches).toFixed(1)})`,
  );
  console.log(`session and organization, from the database: ${median(uncached).toFixed(2)} ms`);

  const cases = { unknown: 'nobody@example.com', 'wrong password': 'ada@example.com' };
  const times: Record<string, number[]> = {};
  for (let round = 0; round < 15; round += 1)
    for (const [name, email] of Object.entries(cases)) {
      const begin = performance.now();
      await post('/sign-in/email', { email, password: 'a wrong password' });
      times[name] = [...(times[name] ?? []), performance.now() - begin];
    }
  for (const [name, all] of Object.entries(times))
    console.log(`failed sign-in, ${name}: ${median(all).toFixed(0)} ms`);
} finally {
  await auth.close();
  await client.end();
  await admin.end();
  await server.stop();
}
