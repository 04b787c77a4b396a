import type { Db } from '../../db.ts';
import { Refusal } from '../../errors.ts';
import type { ModelRules, Values } from '../../http/index.ts';
import { releaseFile, requireFile } from '../../storage/index.ts';

const FROM_UPLOAD = 'It is taken from the uploaded file.';
const BY_WHOM = 'It is who makes the record.';

/** A file attached to a record: the file is an upload of this organization, the record is there. */
export const attachmentRules: ModelRules = {
  model: 'Attachment',
  closed: { fileName: FROM_UPLOAD, fileSize: FROM_UPLOAD, mimeType: FROM_UPLOAD, uploadedById: BY_WHOM },
  async create(db, values) {
    await requireEntity(db, values);
    const file = await requireFile(db, String(values.filePath));
    return {
      ...values,
      fileName: file.name,
      fileSize: file.size,
      mimeType: file.mimeType,
      uploadedById: db.$tenant.userId,
    };
  },
  async update(db, before, changes) {
    requireSame('filePath', before, changes);
    if ('entityType' in changes || 'entityId' in changes) await requireEntity(db, { ...before, ...changes });
    return changes;
  },
  remove: (db, before) => releaseFile(db, String(before.filePath)),
};

/** A receipt of an expense: its file is an upload of this organization. */
export const receiptRules: ModelRules = {
  model: 'Receipt',
  closed: {
    fileName: FROM_UPLOAD,
    fileSizeBytes: FROM_UPLOAD,
    fileType: FROM_UPLOAD,
    contentSha256: FROM_UPLOAD,
    uploadedById: BY_WHOM,
  },
  async create(db, values) {
    const file = await requireFile(db, String(values.storageKey));
    if (!/^(?:image\/(?:jpeg|png|webp)|application\/pdf)$/.test(file.mimeType) || file.size > 10_485_760n)
      throw new Refusal(
        'invalid',
        'RECEIPT_FILE',
        `A receipt is a JPEG, PNG, WebP or PDF of at most 10 MiB; this is ${file.mimeType}, ${file.size} bytes.`,
        'Upload the receipt as one of these.',
        { fields: [{ field: 'storageKey', code: 'RECEIPT_FILE', message: 'not a file for a receipt' }] },
      );
    return {
      ...values,
      fileName: file.name,
      fileSizeBytes: file.size,
      fileType: file.mimeType,
      contentSha256: Buffer.from(file.sha256, 'hex'),
      uploadedById: db.$tenant.userId,
    };
  },
  update(_db, before, changes) {
    requireSame('storageKey', before, changes);
    return Promise.resolve(changes);
  },
  remove: (db, before) => releaseFile(db, String(before.storageKey)),
};

/**
 * Insists that the record which `entityType` and `entityId` name is there for this person. `transaction_loop` is Prisma's
 * `transactionLoop`; which types there are is a check of the table. There is no foreign key, so a record that is deleted at
 * the same moment leaves its attachment behind, as one that is deleted later does.
 */
async function requireEntity(db: Db, { entityType, entityId }: Values): Promise<void> {
  const delegate = String(entityType).replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
  const models = db as unknown as Record<string, { count?: (query: object) => Promise<number> } | undefined>;
  const model =
    /^[a-z]\w*$/.test(delegate) && Object.hasOwn(ENTITIES, delegate) ? models[delegate] : undefined;
  if (model?.count && (await model.count({ where: { id: entityId } })) > 0) return;
  throw new Refusal(
    'invalid',
    'ENTITY_UNKNOWN',
    `There is no ${String(entityType)} with this id in the organization.`,
    'Give entityType and entityId of a record that is there.',
    { fields: [{ field: 'entityId', code: 'ENTITY_UNKNOWN', message: 'no such record' }] },
  );
}

/** The types of the check `attachments_entity_known_rule`; a test compares them. */
const ENTITIES = Object.freeze({
  lead: true,
  contact: true,
  customer: true,
  deal: true,
  listing: true,
  activity: true,
  appointment: true,
  project: true,
  task: true,
  transactionLoop: true,
  content: true,
  campaign: true,
  expense: true,
});
export const ENTITY_DELEGATES: readonly string[] = Object.keys(ENTITIES);

function requireSame(field: string, before: Values, changes: Values): void {
  if (!(field in changes) || changes[field] === before[field]) return;
  throw new Refusal(
    'invalid',
    'FILE_FIXED',
    'The file of a record cannot be exchanged.',
    'Delete the record and make a new one with the other file.',
    { fields: [{ field, code: 'FILE_FIXED', message: 'cannot be changed' }] },
  );
}
