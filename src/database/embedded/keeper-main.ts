import { type KeeperJob, keep } from './keeper.ts';

await keep(JSON.parse(process.argv[2] ?? '') as KeeperJob);
