import { parseArgs } from 'node:util';
import pg from 'pg';
import { attackHttp } from '../test/isolation/http/attack.ts';
import { openField } from './http/field.ts';

/*
 * The attack over HTTP: every operation of the document, asked by everybody to whom it is closed. Exits with 1 on a leak.
 */
const { values } = parseArgs({
  options: {
    each: { type: 'string', default: '2' },
    seed: { type: 'string' },
    only: { type: 'string' },
  },
});
const seed = Number(values.seed ?? Math.floor(Math.random() * 1e9));
const tell = (text: string) => process.stderr.write(`\r\x1b[K${text}`);

const field = await openField(tell);
const client = new pg.Client(field.superuserUrl);
try {
  await client.connect();
  const started = performance.now();
  const report = await attackHttp({
    ...field,
    client,
    each: Number(values.each),
    seed,
    ...(values.only ? { operations: (o) => `${o.method} ${o.path}`.includes(values.only!) } : {}),
    onProgress: tell,
  });
  tell('');
  const sent = report.attackers.reduce((sum, a) => sum + a.sent, 0) + report.twins;
  for (const { name, sent: own, byStatus } of report.attackers)
    console.log(
      `${name}: ${own} requests (${Object.entries(byStatus)
        .map(([s, n]) => `${s}: ${n}`)
        .join(', ')})`,
    );
  console.log(
    `${sent.toLocaleString('en-US')} requests to ${report.operations} operations in ${((performance.now() - started) / 1000).toFixed(0)} s, seed ${seed}; ` +
      `${report.twins} of them compared foreign with unknown ids; ${report.ids} ids and ${report.texts} texts were looked for`,
  );
  console.log(`leaks: ${report.leaks.length}`);
  for (const leak of report.leaks.slice(0, 60)) console.log(`\n${leak}`);
  for (const line of field.server.failures.slice(0, 10)) console.log(`\nlogged: ${line.slice(0, 1500)}`);
  process.exitCode = report.leaks.length > 0 ? 1 : 0;
} finally {
  await client.end();
  await field.stop();
}
