// A worker in a process of its own that a test can kill. `work` tells which run it has begun and never ends it.
import { PrismaClient } from '../../src/generated/prisma/client.ts';
import { startWorker } from '../../src/jobs/index.ts';
import { job, z } from '../../src/queue/index.ts';
import { openTenancy, readGenerated } from '../../src/tenancy/index.ts';
import { contextKey, root } from '../support/keys.ts';

const [platformUrl, appUrl] = process.argv.slice(2) as [string, string];
const worker = await startWorker({
  platformUrl,
  tenancy: openTenancy({
    client: (options) => new PrismaClient(options),
    boundary: readGenerated(root).boundary,
    url: appUrl,
    keys: { signing: () => contextKey },
    connections: 2,
  }),
  platformJobs: [],
  stopWithin: 100,
  jobs: [
    job({
      name: 'demo.work',
      input: z.object({ n: z.number() }),
      work: async ({ db, input }) => {
        await db.contact.create({ data: { name: `begun ${input.n}` } });
        console.log(`begun ${input.n}`);
        await new Promise(() => {});
      },
    }),
  ],
});
console.log('ready');
process.on('SIGTERM', async () => {
  await worker.stop();
  process.exit(0);
});
