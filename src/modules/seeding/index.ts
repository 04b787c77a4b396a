export {
  addCount,
  type Batch,
  batch,
  insertBatches,
  type Row,
  type SeedClient,
  type SeedCounts,
} from './batch.ts';
export { Calendar } from './calendar.ts';
export { naturalId } from './natural-id.ts';
export { keyed, type Members, type Office, officeId, type Place, pick, times } from './office.ts';
