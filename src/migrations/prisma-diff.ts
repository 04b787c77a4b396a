import { bindMigrationAwareSqlAdapterFactory, type SqlDriverAdapter } from '@prisma/driver-adapter-utils';
import { connect } from '../database/engine/adapter.ts';
import { offlineFactory } from '../database/engine/offline.ts';
import { loadSchemaEngine } from '../database/engine/wasm.ts';
import type { SchemaFile } from '../tenancy/index.ts';

/**
 * The SQL by which Prisma would bring a database to the schema.
 * @param from 'empty', or the URL of a database that is read and left as it is.
 * @param files Prisma files, the datasource included.
 */
export async function prismaDiff(
  from: 'empty' | { url: string },
  files: readonly SchemaFile[],
): Promise<string> {
  const SchemaEngine = await loadSchemaEngine();
  const schema = files.map(([path, content]) => ({ path, content }));
  const none = offlineFactory(() => Promise.reject(new Error('a diff needs no shadow database')));
  const opened: SqlDriverAdapter[] = [];
  const open = async (url: string) => {
    const { adapter } = await connect(url);
    opened.push(adapter);
    return adapter;
  };
  const factory = from === 'empty' ? none : { ...none, connect: () => open(from.url) };
  const engine = await SchemaEngine.new(
    { datamodels: null } as never,
    () => {},
    bindMigrationAwareSqlAdapterFactory(factory) as never,
  );
  try {
    const result = await engine.diff({
      from: from === 'empty' ? { tag: 'empty' } : { tag: 'schemaDatasource', files: schema, configDir: '.' },
      to: { tag: 'schemaDatamodel', files: schema },
      script: true,
      exitCode: null,
      filters: { externalTables: [], externalEnums: [] },
    } as never);
    return (result.stdout ?? '').trim();
  } finally {
    engine.free();
    // The engine lets go of its connections without ending them; whoever drops the database next would have to wait.
    await Promise.all(opened.map((adapter) => adapter.dispose().catch(() => {})));
  }
}
