import { compareCatalogues, readCatalogue } from '../../database/catalogue.ts';
import { connectTo, declaredCatalogue } from '../../migrations/index.ts';
import type { Step } from '../step.ts';

/** The database is what the annotated schema declares: both catalogues, printed by the same server, are equal. */
export const drift: Step = {
  name: 'drift',
  section: 'database',
  async run({ root, database }) {
    const { catalogue } = await declaredCatalogue(root, database.urls.owner);
    const client = await connectTo(database.urls.owner);
    try {
      const differences = compareCatalogues(catalogue, await readCatalogue(client));
      return {
        detail:
          differences.length === 0
            ? `none in ${catalogue.size} objects`
            : `${differences.length} differences`,
        facts: { drift: differences },
        issues: differences.map(({ key, change }) => ({
          message: `Drift: ${key} is ${change}.`,
          remedy: 'npm run db:sync shows both sides; change it by a migration',
        })),
      };
    } finally {
      await client.end();
    }
  },
};
