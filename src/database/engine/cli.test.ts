import { execFile } from 'node:child_process';
import { copyFile, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, onTestFinished, test } from 'vitest';
import { serverUrls } from '../../../test/support/server.ts';
import { scratchDatabase, scratchFolder } from './scratch.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const SCHEMA =
  'generator client {\n  provider = "prisma-client"\n  output = "../generated"\n}\ndatasource db {\n  provider = "postgresql"\n}\n';

/** A project that shares this one's configuration, engine and dependencies, with a schema of two files. */
async function project() {
  const folder = await scratchFolder({
    'package.json': '{ "type": "module" }',
    'prisma/schema.prisma': SCHEMA,
    'prisma/models/author.prisma': 'model Author {\n  id Int @id\n}\n',
  });
  onTestFinished(folder.dispose);
  for (const name of ['node_modules', 'src']) await symlink(join(ROOT, name), join(folder.path, name));
  // Copied, because Prisma takes its paths from where the file really is.
  await copyFile(join(ROOT, 'prisma.config.ts'), join(folder.path, 'prisma.config.ts'));
  const prisma = (line: string, url?: string) => {
    const {
      PRISMA_SCHEMA_ENGINE_BINARY: _,
      DATABASE_URL: __,
      SHADOW_DATABASE_URL: ___,
      ...env
    } = process.env;
    return promisify(execFile)(
      process.execPath,
      [join(ROOT, 'node_modules/prisma/build/index.js'), ...line.split(' ')],
      {
        cwd: folder.path,
        env: { ...env, ...(url && { DATABASE_URL: url }) },
      },
    );
  };
  return { ...folder, prisma };
}

test('validate works without database and network', async () => {
  const { prisma } = await project();
  expect((await prisma('validate')).stdout).toContain('are valid');
});

describe.each(serverUrls())('on server %#', (server) => {
  test('a migration is written by migrate dev and deployed, and one that fails is told by name and database error', async () => {
    const scratch = await scratchDatabase(server);
    onTestFinished(async () => {
      await scratch.dispose();
    });
    const { prisma, write } = await project();
    await prisma('migrate dev --create-only --name first', scratch.url);
    await write('prisma/migrations/99999999999999_broken/migration.sql', 'INSERT INTO nowhere VALUES (1);');
    await expect(prisma('migrate deploy', scratch.url)).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringMatching(
        /P3018[\s\S]*99999999999999_broken[\s\S]*relation "nowhere" does not exist/,
      ),
    });
    expect((await scratch.run('SELECT count(*)::int AS authors FROM "Author"'))[0]).toEqual({ authors: 0 });
  });
});
