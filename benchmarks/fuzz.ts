import { parseArgs } from 'node:util';
import { fuzz } from '../test/http/fuzz.ts';
import { openWorld } from '../test/http/world.ts';
import { openField } from './http/field.ts';

/*
 * Requests generated from the OpenAPI document to every operation, as an owner, a member, a viewer and nobody: whether an
 * answer is a fault of the server, against the document, or another organization's. Exits with 1 when one is.
 */
const { values } = parseArgs({
  options: {
    requests: { type: 'string', default: '20000' },
    seed: { type: 'string' },
    only: { type: 'string' },
    faults: { type: 'string', default: '60' },
  },
});
const seed = Number(values.seed ?? Math.floor(Math.random() * 1e9));
const tell = (text: string) => process.stderr.write(`\r\x1b[K${text}`);

const field = await openField(tell);
const { server, superuserUrl } = field;
const world = await openWorld(superuserUrl, server);
try {
  const started = performance.now();
  const result = await fuzz({
    ...world,
    fetch: (request) => server.app.fetch(request),
    count: Number(values.requests),
    seed,
    ...(values.only ? { leaveOut: (o) => !`${o.method} ${o.path}`.includes(values.only!) } : {}),
    onProgress: (sent) => tell(`${sent.toLocaleString('en-US')} requests`),
  });
  tell('');
  const seconds = (performance.now() - started) / 1000;
  console.log(
    `${result.sent.toLocaleString('en-US')} requests to ${result.operations} operations in ${seconds.toFixed(0)} s, seed ${seed}`,
  );
  console.log(
    `by status: ${Object.entries(result.byStatus)
      .map(([s, n]) => `${s}: ${n}`)
      .join(', ')}`,
  );
  console.log(`succeeded at least once: ${result.succeeded.length}; never: ${result.never.length}`);
  for (const name of result.never) console.log(`  ${name}`);
  console.log(`faults: ${result.faults.length}`);
  for (const fault of result.faults.slice(0, Number(values.faults))) console.log(`\n${fault}`);
  for (const line of field.server.failures.slice(0, 10)) console.log(`\nlogged: ${line.slice(0, 1500)}`);
  process.exitCode = result.faults.length > 0 ? 1 : 0;
} finally {
  await world.close();
  await field.stop();
}
