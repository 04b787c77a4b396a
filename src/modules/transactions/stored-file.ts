import type { requireFile } from '../../storage/index.ts';

export { requireFile, type StoredFile } from '../../storage/index.ts';

/** Finds an uploaded file of the tenant and takes it up in the transaction. @throws Refusal `FILE_UNKNOWN` */
export type RequireFile = typeof requireFile;
