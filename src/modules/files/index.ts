import type { Storage } from '../../storage/index.ts';
import type { Module } from '../module.ts';
import { fileRecordRoutes } from './routes.ts';
import { attachmentRules, receiptRules } from './rules.ts';
import type { LinkSigner } from './signed-link.ts';
import { sweepJob } from './sweep.ts';

export { fileStore } from './lifecycle-store.ts';
export { filePaths } from './openapi.ts';
export { type LinkSigner, linkSigner } from './signed-link.ts';
export {
  type FileRoutesOptions,
  fileRoutes,
  type SignedFileRoutesOptions,
  signedFileRoutes,
} from './streams.ts';
export { sweepErased, sweepJob } from './sweep.ts';

export interface FilesOptions {
  readonly storage: Storage;
  readonly links: LinkSigner;
  /** As for `fileRoutes`. */
  readonly spoolFolder: string;
}

/** Files of an organization: upload, download, links, and the records that refer to them. */
export function filesModule({ storage, links, spoolFolder }: FilesOptions): Module {
  return {
    name: 'files',
    description:
      'Upload a file first, then give its `storageKey` to the attachment, receipt or document that refers to it. What no record refers to is removed after a week.',
    routes: fileRecordRoutes(links),
    jobs: [sweepJob(storage, spoolFolder)],
    rules: [attachmentRules, receiptRules],
  };
}
