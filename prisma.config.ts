import { fileURLToPath } from 'node:url';
import { defineConfig } from 'prisma/config';
import { usesDatabase } from './src/database/engine/database-commands.ts';
import { explain } from './src/errors.ts';

// Prisma would download its schema engine; this one comes with the dependencies. A native engine named by the user wins.
// (On Windows a spawned program cannot be a script, so there Prisma keeps its own way.)
if (process.platform !== 'win32') {
  process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= fileURLToPath(
    new URL('./src/database/engine/schema-engine', import.meta.url),
  );
}
// No look for updates and no telemetry: both would wait for hosts that need not be reachable.
process.env.CHECKPOINT_DISABLE ??= '1';
process.env.PRISMA_HIDE_UPDATE_MESSAGE ??= '1';

export default defineConfig({
  schema: 'prisma',
  migrations: { path: 'prisma/migrations' },
  ...(await datasource(process.argv.slice(2))),
});

/** Studio reads as the platform role; every other command connects as DATABASE_URL says, or as the owner. */
async function datasource(argv: string[]) {
  const { DATABASE_URL: url, SHADOW_DATABASE_URL: shadowDatabaseUrl } = process.env;
  if (url && argv[0] !== 'studio')
    return { datasource: { url, ...(shadowDatabaseUrl && { shadowDatabaseUrl }) } };
  if (!usesDatabase(argv)) return {};
  try {
    const { prismaUrls } = await import('./src/database/embedded/for-prisma.ts');
    return { datasource: await prismaUrls(argv) };
  } catch (error) {
    // Prisma would hide the remedy behind "Failed to load config file".
    console.error(explain(error));
    process.exit(3);
  }
}
