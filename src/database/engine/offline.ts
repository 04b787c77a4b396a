import type {
  SqlMigrationAwareDriverAdapterFactory,
  SqlQuery,
  SqlResultSet,
} from '@prisma/driver-adapter-utils';
import { ColumnTypeEnum } from '@prisma/driver-adapter-utils';
import { EngineFault } from './fault.ts';

/**
 * Stands in for a database where none is needed: comparing two schema files. The engine asks for the server's
 * version when it starts and would not start without an answer.
 */
export function offlineFactory(shadow: SqlMigrationAwareDriverAdapterFactory['connectToShadowDb']) {
  const refuse = async (): Promise<never> => {
    throw new EngineFault(
      'P1012',
      'This command needs a database, and no connection URL is configured. Set DATABASE_URL.',
    );
  };
  const queryRaw = async (query: SqlQuery): Promise<SqlResultSet> => {
    if (!query.sql.includes("current_setting('server_version_num')")) return refuse();
    return {
      columnNames: ['exists', 'version', 'numeric_version'],
      columnTypes: [ColumnTypeEnum.Boolean, ColumnTypeEnum.Text, ColumnTypeEnum.Int32],
      rows: [[true, 'PostgreSQL 18.0', 180_000]],
    };
  };
  const factory: SqlMigrationAwareDriverAdapterFactory = {
    provider: 'postgres',
    adapterName: 'offline',
    connectToShadowDb: shadow,
    connect: async () => ({
      provider: 'postgres',
      adapterName: 'offline',
      queryRaw,
      executeRaw: refuse,
      executeScript: refuse,
      startTransaction: refuse,
      dispose: async () => undefined,
    }),
  };
  return factory;
}
