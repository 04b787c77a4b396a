export { Attachments } from './attachments.tsx';
export { FileDrop } from './file-drop.tsx';
export { useAttachments, useAttachmentsOf, useFileUrl } from './use-attachments.ts';
export type { UploadedFile } from './use-uploads.ts';
