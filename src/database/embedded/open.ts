import type { Config } from '../../config.ts';
import { LotlineError } from '../../errors.ts';
import { databases } from './bootstrap.ts';
import { readCredentials, superuserRole } from './credentials.ts';
import { lease, type Progress } from './lease.ts';

/** Connection strings of the embedded server, one per role. */
export interface EmbeddedUrls {
  /** On the maintenance database `postgres`; for tests and inspection, never for the application. */
  readonly superuser: string;
  readonly owner: string;
  readonly app: string;
  readonly platform: string;
  readonly ingest: string;
  /** The owner on the shadow database, which Prisma empties at will. */
  readonly shadow: string;
}

export interface EmbeddedServer {
  readonly urls: EmbeddedUrls;
  readonly port: number;
  /** Gives up this process's use; about two seconds after the last one the server stops. */
  close(): Promise<void>;
}

/**
 * Starts the embedded PostgreSQL in `config.dataFolder`, or joins the one that runs there. `onProgress` is told the steps
 * of a start. Throws LotlineError: `PORT_BUSY`, `DATA_FOLDER_…`, `DISK_FULL`, `BINARIES_MISSING`, `POSTGRES_FAILED` and others.
 */
export async function openEmbedded(
  config: Pick<Config, 'dataFolder' | 'embeddedPort'>,
  onProgress?: Progress,
): Promise<EmbeddedServer> {
  const { paths, state, release } = await lease(
    {
      folder: config.dataFolder,
      binaries: 'embedded',
      ...(config.embeddedPort === undefined ? {} : { port: config.embeddedPort }),
      settings: {},
      temporary: false,
      linger: 2000,
    },
    onProgress,
  );
  try {
    const { port } = state;
    if (config.embeddedPort !== undefined && port !== config.embeddedPort) {
      throw new LotlineError(
        'EMBEDDED_PORT_DIFFERS',
        `The embedded server runs already, on port ${port}, not on ${config.embeddedPort} as LOTLINE_PORT says.`,
        'End the commands that use it (it stops two seconds later), or unset LOTLINE_PORT.',
      );
    }
    const credentials = readCredentials(paths.credentials);
    if (!credentials) throw new Error(`${paths.credentials} disappeared`);
    const url = (role: string, password: string, database: string) =>
      `postgresql://${role}:${password}@127.0.0.1:${port}/${database}`;
    return {
      port,
      urls: {
        superuser: url(superuserRole, credentials.superuser, 'postgres'),
        owner: url('lotline_owner', credentials.owner, databases.main),
        app: url('lotline_app', credentials.app, databases.main),
        platform: url('lotline_platform', credentials.platform, databases.main),
        ingest: url('lotline_ingest', credentials.ingest, databases.main),
        shadow: url('lotline_owner', credentials.owner, databases.shadow),
      },
      close: async () => release(),
    };
  } catch (error) {
    release();
    throw error;
  }
}
