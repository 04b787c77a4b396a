import pg from 'pg';
import { afterEach, describe, expect, onTestFinished, test } from 'vitest';
import { serverUrls } from '../../../test/support/server.ts';
import { withDatabase } from './connection.ts';
import { ATOMIC_MARKER } from './heal.ts';
import { NO_FILTERS as filters, migrationsList, scratchDatabase, scratchFolder } from './scratch.ts';
import { type SpawnedEngine, spawnEngine } from './spawn-engine.ts';

const DATASOURCE = 'datasource db {\n  provider = "postgresql"\n}\n';
const schemaOf = (models: string) => ({ files: [{ path: 'schema.prisma', content: DATASOURCE + models }] });
const MODELS = 'model author {\n  id Int @id\n}\n';

const FIRST =
  'CREATE TABLE author (id int PRIMARY KEY);\nCREATE FUNCTION one() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN 1; END $$;';
const SECOND = 'CREATE TABLE book (id int PRIMARY KEY);';
const BROKEN =
  'CREATE TABLE shelf (id int PRIMARY KEY);\n\nINSERT INTO nowhere VALUES (1);\nCREATE TABLE never (id int);';

const atomic = (name: string, sql: string) =>
  `${ATOMIC_MARKER}\n${sql}\nUPDATE _prisma_migrations SET finished_at = now() WHERE migration_name = '${name}' AND rolled_back_at IS NULL;`;

const engines: SpawnedEngine[] = [];
afterEach(async () => {
  await Promise.all(engines.splice(0).map((engine) => engine.stop()));
});
function engineOn(url?: string, shadowDatabaseUrl?: string): SpawnedEngine {
  const engine = spawnEngine(
    url === undefined ? undefined : { url, ...(shadowDatabaseUrl && { shadowDatabaseUrl }) },
  );
  engines.push(engine);
  return engine;
}

test('two schema files are compared without any database', async () => {
  const engine = engineOn();
  const result = await engine.call('diff', {
    from: { tag: 'empty' },
    to: { tag: 'schemaDatamodel', ...schemaOf(MODELS) },
    script: true,
    exitCode: null,
    filters,
  });
  expect(result).toEqual({ exitCode: 0, stdout: null });
  expect(engine.printed.join('\n')).toContain('CREATE TABLE "author"');
});

test('a command that needs a database says so when none is configured', async () => {
  await expect(
    engineOn().call('applyMigrations', { migrationsList: migrationsList('/', {}), filters }),
  ).rejects.toMatchObject({
    message: expect.stringContaining('DATABASE_URL'),
  });
});

test('an unreachable server is P1001 with its address', async () => {
  await expect(
    engineOn('postgresql://a:b@127.0.0.1:1/c').call('getDatabaseVersion', {}),
  ).rejects.toMatchObject({
    error_code: 'P1001',
    message: expect.stringContaining('127.0.0.1:1'),
  });
});

test('an unknown method is an error, not the end of the engine', async () => {
  const [server = ''] = serverUrls();
  const engine = engineOn(server);
  await expect(engine.call('dance', {})).rejects.toMatchObject({ message: expect.stringContaining('dance') });
  await expect(engine.call('getDatabaseVersion', {})).resolves.toContain('PostgreSQL');
});

test('a panic of the engine is answered as an error', async () => {
  const [server = ''] = serverUrls();
  await expect(engineOn(server).call('debugPanic', {})).rejects.toMatchObject({
    message: expect.stringContaining('panic'),
  });
});

describe.each(serverUrls())('on server %#', (server) => {
  const database = async () => {
    const scratch = await scratchDatabase(server);
    onTestFinished(async () => {
      await scratch.dispose();
    });
    return scratch;
  };
  const tables = async (scratch: Awaited<ReturnType<typeof database>>) =>
    (await scratch.run("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")).map(
      (row) => row.tablename,
    );
  /** A role of the scratch database's name: what it owns on the server comes from this test alone. */
  const loginOn = async (scratch: Awaited<ReturnType<typeof database>>, attributes: string) => {
    await scratch.run(
      `CREATE ROLE ${scratch.name} LOGIN PASSWORD 'x' ${attributes}; GRANT ALL ON SCHEMA public TO ${scratch.name}`,
    );
    onTestFinished(async () => {
      await scratch.run(`DROP OWNED BY ${scratch.name}; DROP ROLE ${scratch.name}`);
    });
    return Object.assign(new URL(scratch.url), { username: scratch.name, password: 'x' }).href;
  };
  const databasesOfRole = (scratch: Awaited<ReturnType<typeof database>>) =>
    scratch.run('SELECT datname FROM pg_database WHERE datdba = $1::regrole', [scratch.name]);

  test('a wrong password is P1000 and a missing database P1003', async () => {
    const wrong = new URL(server);
    wrong.password = 'wrong';
    await expect(engineOn(wrong.href).call('getDatabaseVersion', {})).rejects.toMatchObject({
      error_code: 'P1000',
    });
    await expect(
      engineOn(withDatabase(server, 'absent')).call('getDatabaseVersion', {}),
    ).rejects.toMatchObject({
      error_code: 'P1003',
      message: expect.stringContaining('`absent`'),
    });
  });

  test('migrations are applied once, function bodies included, and the history is then in order', async () => {
    const scratch = await database();
    const engine = engineOn(scratch.url);
    const list = migrationsList('/', { '1_first': FIRST, '2_second': SECOND });
    const deploy = () => engine.call('applyMigrations', { migrationsList: list, filters });
    expect(await deploy()).toEqual({ appliedMigrationNames: ['1_first', '2_second'] });
    expect(await deploy()).toEqual({ appliedMigrationNames: [] });
    expect(
      await engine.call('diagnoseMigrationHistory', {
        migrationsList: list,
        filters,
        optInToShadowDatabase: false,
      }),
    ).toEqual({
      editedMigrationNames: [],
      failedMigrationNames: [],
      hasMigrationsTable: true,
      history: null,
    });
  });

  test('an edited migration is named, also by the next deploy', async () => {
    const scratch = await database();
    const engine = engineOn(scratch.url);
    await engine.call('applyMigrations', {
      migrationsList: migrationsList('/', { '1_first': FIRST }),
      filters,
    });
    const edited = migrationsList('/', { '1_first': `${FIRST}\n-- edited` });
    expect(
      await engine.call('diagnoseMigrationHistory', {
        migrationsList: edited,
        filters,
        optInToShadowDatabase: false,
      }),
    ).toMatchObject({ editedMigrationNames: ['1_first'] });
    await engine.call('applyMigrations', { migrationsList: edited, filters });
    expect(engine.printed.join('\n')).toMatch(/edited after[\s\S]*1_first/);
  });

  test('a schema with a "char" column is introspected', async () => {
    const scratch = await database();
    await scratch.run('CREATE TABLE letter (id int PRIMARY KEY, initial "char" NOT NULL, word char(3))');
    const { schema } = await engineOn(scratch.url).call<{ schema: { files: { content: string }[] } }>(
      'introspect',
      {
        schema: schemaOf(''),
        baseDirectoryPath: '/',
        force: false,
        compositeTypeDepth: -1,
        namespaces: null,
      },
    );
    expect(schema.files[0]?.content).toMatch(
      /model letter \{\s+id\s+Int\s+@id\s+initial\s+String\s+@db\.Char/,
    );
  });

  test('migrations are compared with a schema through a shadow database that is gone afterwards', async () => {
    const scratch = await database();
    const engine = engineOn(await loginOn(scratch, 'CREATEDB'));
    const list = migrationsList('/', { '1_first': FIRST, '2_second': SECOND });
    await engine.call('diff', {
      from: { tag: 'migrations', ...list },
      to: { tag: 'schemaDatamodel', ...schemaOf(MODELS) },
      script: true,
      exitCode: null,
      filters,
    });
    expect(engine.printed.join('\n')).toContain('DROP TABLE "book"');
    expect(await databasesOfRole(scratch)).toEqual([]);
    expect(await tables(scratch)).toEqual([]);
  });

  test('a migration that fails in the shadow database is P3006 with the statement', async () => {
    const scratch = await database();
    const list = migrationsList('/', { '1_broken': BROKEN });
    await expect(
      engineOn(scratch.url).call('diff', {
        from: { tag: 'migrations', ...list },
        to: { tag: 'empty' },
        script: true,
        exitCode: null,
        filters,
      }),
    ).rejects.toMatchObject({ error_code: 'P3006', message: expect.stringContaining('INSERT INTO nowhere') });
  });

  test('a configured shadow database is emptied first, and refused when it is the main one', async () => {
    const [scratch, shadow] = [await database(), await database()];
    await shadow.run('CREATE SCHEMA other; CREATE TABLE author (id int); CREATE TABLE other.author (id int)');
    const input = { migrationsList: migrationsList('/', { '1_first': FIRST }), filters };
    await engineOn(scratch.url, shadow.url).call('devDiagnostic', input);
    await scratch.run('CREATE TABLE kept (id int)');
    await expect(engineOn(scratch.url, scratch.url).call('devDiagnostic', input)).rejects.toMatchObject({
      message: expect.stringContaining('is the main database'),
    });
    expect(await tables(scratch)).toEqual(['kept']);
  });

  test('the next migration is worked out right after the first ones were applied, as migrate dev does on a new database', async () => {
    const scratch = await database();
    const engine = engineOn(scratch.url);
    const list = migrationsList('/', { '1_first': FIRST });
    await engine.call('applyMigrations', { migrationsList: list, filters });
    const schema = schemaOf(`${MODELS}model added {\n  id Int @id\n}\n`);
    const input = { migrationsList: list, schema, filters };
    expect(await engine.call('evaluateDataLoss', input)).toMatchObject({ migrationSteps: 1, warnings: [] });
    expect(
      await engine.call('createMigration', { ...input, draft: true, migrationName: 'next' }),
    ).toMatchObject({
      generatedMigrationName: expect.stringMatching(/^\d{14}_next$/),
      migrationScript: expect.stringContaining('CREATE TABLE "added"'),
    });
  });

  test('an engine that is told to end while it replays migrations drops its shadow database', async () => {
    const scratch = await database();
    const engine = engineOn(await loginOn(scratch, 'CREATEDB'));
    const list = migrationsList('/', { '1_endless': 'SELECT pg_sleep(600);' });
    const lost = engine
      .call('diff', {
        from: { tag: 'migrations', ...list },
        to: { tag: 'empty' },
        script: true,
        exitCode: null,
        filters,
      })
      .catch((error) => error.message);
    await expect
      .poll(
        () =>
          scratch.run("SELECT 1 FROM pg_stat_activity WHERE usename = $1 AND query LIKE '%pg_sleep%'", [
            scratch.name,
          ]),
        {
          timeout: 20_000,
        },
      )
      .toHaveLength(1);
    engine.child.kill('SIGTERM');
    expect(await engine.stop()).toBe(0);
    await lost;
    expect(await databasesOfRole(scratch)).toEqual([]);
  });

  test('a role that may create no database is told so as P3014', async () => {
    const scratch = await database();
    const url = await loginOn(scratch, 'NOCREATEDB');
    await expect(
      engineOn(url).call('devDiagnostic', {
        migrationsList: migrationsList('/', { '1_first': FIRST }),
        filters,
      }),
    ).rejects.toMatchObject({ error_code: 'P3014', message: expect.stringContaining('SHADOW_DATABASE_URL') });
  });

  test('a failing migration names itself, the error and the statement, leaves nothing, and blocks the next deploy', async () => {
    const scratch = await database();
    const engine = engineOn(scratch.url);
    const deploy = () =>
      engine.call('applyMigrations', {
        migrationsList: migrationsList('/', { '1_first': FIRST, '2_broken': BROKEN }),
        filters,
      });
    await expect(deploy()).rejects.toMatchObject({
      error_code: 'P3018',
      message: expect.stringMatching(
        /Migration name: 2_broken[\s\S]*code: 42P01[\s\S]*relation "nowhere" does not exist[\s\S]*line 3, statement 2 of 3:\nINSERT INTO nowhere/,
      ),
    });
    expect(await tables(scratch)).toEqual(['_prisma_migrations', 'author']);
    await expect(deploy()).rejects.toMatchObject({ error_code: 'P3009' });
  });

  test('after an aborted atomic migration the next deploy succeeds without resolving anything', async () => {
    const scratch = await database();
    const name = '1_atomic';
    const folder = await scratchFolder({ [`${name}/migration.sql`]: atomic(name, BROKEN) });
    onTestFinished(folder.dispose);
    const deploy = (sql: string) =>
      engineOn(scratch.url).call('applyMigrations', {
        migrationsList: migrationsList(folder.path, { [name]: atomic(name, sql) }),
        filters,
      });
    await expect(deploy(BROKEN)).rejects.toMatchObject({ error_code: 'P3018' });
    expect(await deploy(FIRST)).toEqual({ appliedMigrationNames: [name] });
    const rows = await scratch.run(
      'SELECT finished_at IS NOT NULL AS finished, rolled_back_at IS NOT NULL AS undone FROM _prisma_migrations ORDER BY started_at',
    );
    expect(rows).toEqual([
      { finished: false, undone: true },
      { finished: true, undone: false },
    ]);
  });

  test('an engine killed in the middle of an atomic migration leaves nothing, and the next deploy waits for its session', async () => {
    const scratch = await database();
    const name = '1_atomic';
    const folder = await scratchFolder({ [`${name}/migration.sql`]: atomic(name, FIRST) });
    onTestFinished(folder.dispose);
    // The server goes on with the script when its client is dead: here it stands before the gate, and fails behind it.
    const blocked = atomic(name, `${FIRST}\nLOCK TABLE yard.gate;\nSELECT 1 / (SELECT 0);`);
    const waiting = (type: string) =>
      expect
        .poll(
          () =>
            scratch.run(
              'SELECT 1 FROM pg_locks WHERE NOT granted AND locktype = $1 AND database = (SELECT oid FROM pg_database WHERE datname = $2)',
              [type, scratch.name],
            ),
          { timeout: 20_000 },
        )
        .toHaveLength(1);
    const gate = new pg.Client(scratch.url);
    gate.on('error', () => undefined);
    await gate.connect();
    // In another schema, because Prisma starts no history in one that is not empty.
    await gate.query('CREATE SCHEMA yard; CREATE TABLE yard.gate ()');
    await gate.query('BEGIN; LOCK TABLE yard.gate');
    const killed = spawnEngine({ url: scratch.url });
    const lost = killed
      .call('applyMigrations', { migrationsList: migrationsList(folder.path, { [name]: blocked }), filters })
      .catch((error) => error.message);
    await waiting('relation');
    killed.child.kill('SIGKILL');
    expect(await lost).toContain('exit code');
    const next = engineOn(scratch.url).call('applyMigrations', {
      migrationsList: migrationsList(folder.path, { [name]: atomic(name, FIRST) }),
      filters,
    });
    await waiting('advisory');
    await gate.end();
    expect(await next).toEqual({ appliedMigrationNames: [name] });
  });

  test('two deploys at once apply every migration exactly once', async () => {
    const scratch = await database();
    const list = migrationsList('/', { '1_first': FIRST, '2_second': SECOND });
    const results = await Promise.all(
      [1, 2].map(() =>
        engineOn(scratch.url).call<{ appliedMigrationNames: string[] }>('applyMigrations', {
          migrationsList: list,
          filters,
        }),
      ),
    );
    expect(results.flatMap((result) => result.appliedMigrationNames).sort()).toEqual(['1_first', '2_second']);
  });

  test('a script of several statements is executed as a whole or not at all', async () => {
    const scratch = await database();
    const engine = engineOn(scratch.url);
    const execute = (script: string) =>
      engine.call('dbExecute', { datasourceType: { tag: 'url', url: scratch.url }, script });
    await execute(FIRST);
    await expect(execute(BROKEN)).rejects.toMatchObject({
      message: expect.stringContaining('relation "nowhere"'),
    });
    expect(await tables(scratch)).toEqual(['author']);
  });

  test('push brings the schema over and reset empties it', async () => {
    const scratch = await database();
    const engine = engineOn(scratch.url);
    await engine.call('schemaPush', { force: false, schema: schemaOf(MODELS), filters });
    expect(await tables(scratch)).toEqual(['author']);
    await engine.call('reset', { filter: filters });
    expect(await tables(scratch)).toEqual([]);
  });
});
