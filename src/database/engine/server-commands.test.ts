import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, onTestFinished, test } from 'vitest';
import { serverUrls } from '../../../test/support/server.ts';
import { withDatabase } from './connection.ts';
import { scratchDatabase } from './scratch.ts';
import { ENGINE_PATH } from './spawn-engine.ts';

const run = (url: string, command: string) =>
  promisify(execFile)(ENGINE_PATH, ['--datasource', JSON.stringify({ url }), 'cli', command]);

/** Prisma's CLI leaves the first line of stderr out and reads the rest as JSON. */
const faultOf = (error: { stderr: string }) =>
  error.stderr
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => JSON.parse(line))
    .find((line) => line.level === 'ERROR' && line.target === 'schema_engine::logger')?.fields;

describe.each(serverUrls())('on server %#', (server) => {
  test('a database is created, reached and dropped, each answered by the exit code', async () => {
    const scratch = await scratchDatabase(server);
    onTestFinished(async () => {
      await scratch.dispose();
    });
    await run(scratch.url, 'drop-database');
    const fault = await run(scratch.url, 'can-connect-to-database').then(() => undefined, faultOf);
    expect(fault).toMatchObject({ error_code: 'P1003', message: expect.stringContaining(scratch.name) });
    await run(scratch.url, 'create-database');
    await run(scratch.url, 'can-connect-to-database');
  });

  test('dropping a database that is not there is P1003', async () => {
    const fault = await run(withDatabase(server, 'absent'), 'drop-database').then(() => undefined, faultOf);
    expect(fault).toMatchObject({ error_code: 'P1003' });
  });
});
