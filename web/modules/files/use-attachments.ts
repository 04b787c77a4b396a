import type { Model } from '../../api/client.ts';
import { collection } from '../../api/collection.ts';
import { useOrganization } from '../../api/organization.tsx';
import { type ListQuery, useCreate, useList, useRemove } from '../../api/records.ts';
import type { UploadedFile } from './use-uploads.ts';

export type Attachment = Model<'Attachment'>;
type EntityType = Model<'AttachmentCreate'>['entityType'];

const attachments = collection<'Attachment'>('attachments');

/**
 * Files attached to a record.
 * @param entityType as the model has it: `listing`, `transaction_loop`
 */
export function useAttachments(entityType: EntityType, entityId: string, query: ListQuery = {}) {
  const list = useList<typeof attachments, Attachment>(attachments, {
    entityType,
    entityId,
    sort: 'createdAt',
    limit: 100,
    ...query,
  });
  const create = useCreate(attachments);
  const remove = useRemove(attachments);
  const attach = async (file: UploadedFile) => {
    const values = { entityType, entityId, filePath: file.storageKey };
    // The rest is taken from the file, whatever is said here.
    await create.mutateAsync({ values: values as Model<'AttachmentCreate'> });
  };
  return { list, attach, remove };
}

/** Attachments of several records, such as the photos of all listings on a page. */
export function useAttachmentsOf(entityType: EntityType, ids: readonly string[], query: ListQuery = {}) {
  return useList<typeof attachments, Attachment>(
    attachments,
    { entityType, 'entityId.in': ids.join(','), sort: 'createdAt', limit: 200, ...query },
    { enabled: ids.length > 0 },
  );
}

/** @returns the address of a stored file by its key; `inline` shows pictures and PDF instead of saving them */
export function useFileUrl(): (storageKey: string, inline?: boolean) => string {
  const { slug } = useOrganization();
  return (storageKey, inline = false) => fileUrl(slug, storageKey, inline);
}

/** The key ends with the id of the file. */
const fileUrl = (slug: string, storageKey: string, inline: boolean): string =>
  `/v1/orgs/${encodeURIComponent(slug)}/files/${storageKey.split('/').at(-1)}/content${inline ? '?inline=1' : ''}`;
