import { openAttackField } from '../../src/cli/attack-field.ts';
import { withDatabase } from '../../src/database/engine/connection.ts';
import { appOn, type TestApp } from '../../test/support/app.ts';
import { contextKey, root } from '../../test/support/keys.ts';

/** The whole app on a PostgreSQL server of its own that holds the demo. */
export interface Field {
  readonly server: TestApp;
  readonly superuserUrl: string;
  stop(): Promise<void>;
}

export async function openField(tell: (step: string) => void): Promise<Field> {
  const field = await openAttackField(root, contextKey, 'embedded', tell);
  const { database, loginUrl } = field;
  const url = (role: string) => loginUrl(`lotline_${role}`, database);
  const superuserUrl = withDatabase(field.superuserUrl, database);
  const urls = {
    superuser: superuserUrl,
    owner: url('owner'),
    app: url('app'),
    platform: url('platform'),
    ingest: url('ingest'),
  };
  const ends: (() => Promise<void>)[] = [];
  try {
    const server = await appOn({ urls, beforeClose: (end) => void ends.push(end) });
    return {
      server,
      superuserUrl,
      stop: async () => {
        for (const end of ends) await end();
        await field.stop();
      },
    };
  } catch (error) {
    await field.stop();
    throw error;
  }
}
