import type { Readable } from 'node:stream';

/** Bytes to be stored: a file on the disk, which can be sent again after a failure, or a stream, which cannot. */
export type Source = { readonly path: string } | { readonly stream: Readable };

export interface PutOptions {
  /** SHA-256 of the bytes, where it is known: a store that can have it checked by the other side. */
  readonly sha256?: Uint8Array;
  readonly signal?: AbortSignal;
}

/** First and last byte, both included, as HTTP counts. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

export interface Stored {
  readonly key: string;
  /** Bytes. */
  readonly size: number;
  readonly modified: Date;
}

/** How a presigned URL answers. */
export interface PresignedAnswer {
  readonly contentType: string;
  readonly contentDisposition: string;
}

/**
 * The door to stored bytes. A key is `<organization_id>/<year>/<uuid>` and is never made of what a person wrote. Bytes under
 * a key never change: the same key is only written again with the same bytes.
 *
 * Everything throws StorageError: `STORAGE_UNAVAILABLE` (503; may be tried again), `STORAGE_REFUSED` (502; settings or
 * rights), `STORAGE_MISSING` (404), `STORAGE_SIZE` (the source is not as long as was said), `STORAGE_KEY`.
 */
export interface Storage {
  readonly kind: 'local' | 's3';
  /** All bytes or nothing: half an object is never seen under its key. Twice with one key: the last one stays. */
  put(key: string, source: Source, size: number, contentType: string, options?: PutOptions): Promise<void>;
  /** The bytes of a key, or a part of them; `size` is that of the part. A reader that is not read to its end is destroyed. */
  get(key: string, range?: ByteRange): Promise<{ stream: Readable; size: number }>;
  stat(key: string): Promise<Stored | undefined>;
  /** What is not there is removed already. */
  remove(key: string): Promise<void>;
  /** Everything whose key begins with the prefix, which is empty or ends in `/`, in no particular order. */
  list(prefix: string): AsyncIterable<Stored>;
  /** The first parts of all keys: organizations that have something stored. */
  tenants(): AsyncIterable<string>;
  /** Removes what broken writes left before this moment, where the storage keeps such things; says how much. */
  tidy(before: Date): Promise<number>;
  /** A URL at which the storage itself answers for some seconds; only where it can. */
  presign?(key: string, seconds: number, answer: PresignedAnswer): Promise<string>;
}
