export { StorageError, type StorageErrorCode } from './errors.ts';
export { localStorage } from './local.ts';
export { openStorage } from './open.ts';
export { releaseFile, requireFile, type StoredFile } from './require-file.ts';
export { s3Storage } from './s3.ts';
export type { S3Settings } from './s3-request.ts';
export type { ByteRange, PresignedAnswer, PutOptions, Source, Storage, Stored } from './storage.ts';
