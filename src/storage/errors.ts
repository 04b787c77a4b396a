import { LotlineError } from '../errors.ts';

const ANSWERS = {
  STORAGE_MISSING: [404, 'look whether the storage is the one that the database belongs to'],
  STORAGE_REFUSED: [502, 'check S3_ENDPOINT, S3_REGION, S3_BUCKET and the rights of the key'],
  STORAGE_UNAVAILABLE: [503, 'try again; look whether the storage is reachable and has room'],
  STORAGE_SIZE: [500, 'send the file again'],
  STORAGE_KEY: [500, 'keys are <organization>/<year>/<id>; they are made by app.begin_upload()'],
} as const;

export type StorageErrorCode = keyof typeof ANSWERS;

/** What the storage of files could not do. `status` is the HTTP status that fits. Never holds a credential. */
export class StorageError extends LotlineError {
  readonly status: number;

  constructor(code: StorageErrorCode, message: string, cause?: unknown) {
    const [status, hint] = ANSWERS[code];
    super(code, message, hint, { cause });
    this.name = 'StorageError';
    this.status = status;
  }
}
