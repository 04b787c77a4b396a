import { connectTo } from '../../database/client.ts';
import { migrationStatus, readMigrations } from '../../migrations/index.ts';
import type { Step } from '../step.ts';

const REMEDY = {
  pending: 'npm run db:apply',
  failed: 'npm run db:status shows it; repair it, then npx prisma migrate resolve',
  edited: 'restore the file with git checkout, and put the change into a new migration',
  unknown: 'get the newer version of the repository, or point DATABASE_URL at the right database',
};

/** Every committed migration is in the database, unchanged, and no other. */
export const migrationsApplied: Step = {
  name: 'migrations',
  section: 'database',
  async run({ root, database }) {
    const client = await connectTo(database.urls.owner);
    try {
      const status = await migrationStatus(client, readMigrations(root));
      const applied = status.filter((s) => s.state === 'applied').length;
      return {
        detail: `${applied} of ${status.length} applied`,
        issues: status.flatMap(({ name, state }) =>
          state === 'applied'
            ? []
            : [{ message: `The migration ${name} is ${state}.`, remedy: REMEDY[state] }],
        ),
      };
    } finally {
      await client.end();
    }
  },
};
