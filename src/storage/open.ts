import type { StorageSettings } from '../storage-settings.ts';
import { localStorage } from './local.ts';
import { s3Storage } from './s3.ts';
import type { Storage } from './storage.ts';

/** The storage that the settings choose. Opens nothing: the first call does. */
export function openStorage(settings: StorageSettings): Storage {
  return settings.kind === 's3' ? s3Storage(settings) : localStorage(settings.folder);
}
