import { beforeAll, describe, expect, it } from 'vitest';
import { type Db, inTransaction } from '../../db.ts';
import { isAnswer } from '../../http/index.ts';
import type { Values } from '../../http/model-rules.ts';
import { requireFile } from '../../storage/index.ts';
import { fileRecordRoutes } from './routes.ts';
import { attachmentRules, ENTITY_DELEGATES, receiptRules } from './rules.ts';
import { pdf } from './testing/samples.ts';
import { fileWorld } from './testing/world.ts';

const world = await fileWorld('local');
const { ours, theirs, as, upload } = world;
const db = as(ours);
let contact: string;

beforeAll(async () => {
  contact = (await db.contact.create({ data: { name: 'Ada' } })).id;
});

/** As the data API does: rules and write in one transaction. */
function attach(client: Db, values: Values) {
  return inTransaction(client, async (tx) => {
    const data = await attachmentRules.create!(tx, values);
    return tx.attachment.create({ data: data as never });
  });
}

function detach(id: string) {
  return inTransaction(db, async (tx) => {
    const where = { organizationId_id: { organizationId: ours.id, id } };
    await attachmentRules.remove!(tx, (await tx.attachment.findUniqueOrThrow({ where })) as Values);
    await tx.attachment.delete({ where });
  });
}

const call = (
  operation: string,
  input: { params?: object; query?: object; body?: object } = {},
  client = db,
) =>
  fileRecordRoutes(world.links)
    .find((r) => r.operationId === operation)!
    .handler({
      db: client,
      who: { organizationId: ours.id },
      params: {},
      query: {},
      body: {},
      ...input,
    } as never);

describe('a record that refers to a file', () => {
  it('takes name, size and type from the upload, whatever the caller says', async () => {
    const { body } = await upload(pdf(), 'Vertrag.pdf');
    const made = await attach(db, {
      entityType: 'contact',
      entityId: contact,
      filePath: body.storageKey,
      fileName: 'x.html',
      fileSize: 1n,
      mimeType: 'text/html',
      uploadedById: theirs.owner,
    });
    expect(made).toMatchObject({
      fileName: 'Vertrag.pdf',
      fileSize: BigInt(body.size),
      mimeType: 'application/pdf',
      uploadedById: ours.owner,
    });
  });

  it('needs a finished upload of its own organization', async () => {
    const { body } = await upload('theirs', 'a.txt', { who: theirs });
    const [pending] = await db.$queryRaw<{ storage_key: string }[]>`
      SELECT * FROM app.begin_upload('a.txt', 1, 'text/plain', ${Buffer.alloc(32)}::bytea)`;
    for (const filePath of [body.storageKey, pending!.storage_key, `${ours.id}/2026/nothing`, 'x'])
      await expect(attach(db, { entityType: 'contact', entityId: contact, filePath })).rejects.toMatchObject({
        code: 'FILE_UNKNOWN',
        kind: 'invalid',
      });
  });

  it('needs a record of its own organization to be attached to', async () => {
    const { body } = await upload('x', 'a.txt');
    const foreign = (await as(theirs).contact.create({ data: { name: 'Eve' } })).id;
    const wrong = [
      ['contact', foreign],
      ['deal', contact],
      ['user', ours.owner],
      ['$transaction', contact],
      ['__proto__', contact],
    ];
    for (const [entityType, entityId] of wrong)
      await expect(attach(db, { entityType, entityId, filePath: body.storageKey })).rejects.toMatchObject({
        code: 'ENTITY_UNKNOWN',
      });
    // The refusal undid the link too.
    expect(await call('getFile', { params: { fileId: body.id } })).toMatchObject({ linked: false });
  });

  it('knows the types that the table’s check admits, each as a model', async () => {
    const { rows } = await world.db.superuser.query(
      "SELECT pg_get_constraintdef(oid) AS text FROM pg_constraint WHERE conname = 'attachments_entity_known_rule'",
    );
    const types = [...(rows[0].text as string).matchAll(/'([a-z_]+)'/g)].map((m) => m[1]!);
    const delegates = types.map((t) => t.replace(/_([a-z])/g, (_, l: string) => l.toUpperCase()));
    expect([...ENTITY_DELEGATES].sort()).toEqual(delegates.sort());
    for (const delegate of delegates) expect(db).toHaveProperty([delegate, 'count']);
  });

  it('keeps its file, and cannot take another', async () => {
    const { body } = await upload('x', 'a.txt');
    const before = { filePath: body.storageKey, entityType: 'contact', entityId: contact };
    await expect(attachmentRules.update!(db, before, { filePath: 'y' })).rejects.toMatchObject({
      code: 'FILE_FIXED',
    });
    await expect(attachmentRules.update!(db, before, { entityType: 'deal' })).rejects.toMatchObject({
      code: 'ENTITY_UNKNOWN',
    });
    expect(await attachmentRules.update!(db, before, { filePath: body.storageKey })).toEqual({
      filePath: body.storageKey,
    });
  });

  it('does not free a file that another record has as well', async () => {
    const { body } = await upload('x', 'a.txt');
    const made = await attach(db, { entityType: 'contact', entityId: contact, filePath: body.storageKey });
    const loop = await db.transactionLoop.create({
      data: {
        propertyAddress: '1 Main St',
        transactionType: 'PURCHASE_AGREEMENT',
        listingPrice: '1',
        createdById: ours.owner,
      },
    });
    const file = {
      filename: 'a.txt',
      originalName: 'a.txt',
      mimeType: 'text/plain',
      fileSize: 1n,
      storageKey: body.storageKey,
    };
    await db.document.create({ data: { ...file, loopId: loop.id, uploadedById: ours.owner } });
    await detach(made.id);
    expect(await call('getFile', { params: { fileId: body.id } })).toMatchObject({ linked: true });
    await expect(call('removeFile', { params: { fileId: body.id } })).rejects.toMatchObject({
      code: 'FILE_LINKED',
    });
  });

  it('frees its file when it goes', async () => {
    const { body } = await upload('x', 'a.txt');
    const params = { fileId: body.id };
    const made = await attach(db, { entityType: 'contact', entityId: contact, filePath: body.storageKey });
    expect(await call('getFile', { params })).toMatchObject({ linked: true });
    await expect(call('removeFile', { params })).rejects.toMatchObject({
      code: 'FILE_LINKED',
      kind: 'conflict',
    });
    await detach(made.id);
    expect(await call('getFile', { params })).toMatchObject({ linked: false });
    expect(isAnswer(await call('removeFile', { params }))).toBe(true);
    await expect(call('removeFile', { params })).rejects.toMatchObject({ code: 'FILE_NOT_FOUND' });
    await expect(requireFile(db, body.storageKey)).rejects.toMatchObject({ code: 'FILE_UNKNOWN' });
  });

  it('comes before or after a removal at the same moment, never between', async () => {
    const { body } = await upload('x', 'a.txt');
    let removal: Promise<unknown> | undefined;
    await inTransaction(db, async (tx) => {
      const data = await attachmentRules.create!(tx, {
        entityType: 'contact',
        entityId: contact,
        filePath: body.storageKey,
      });
      removal = call('removeFile', { params: { fileId: body.id } }).catch(
        (error: { code: string }) => error.code,
      );
      await tx.attachment.create({ data: data as never });
    });
    expect(await removal).toBe('FILE_LINKED');
  });

  it('is a receipt only with a picture or PDF', async () => {
    const text = (await upload('x', 'a.txt')).body;
    await expect(receiptRules.create!(db, { storageKey: text.storageKey })).rejects.toMatchObject({
      code: 'RECEIPT_FILE',
    });
    const { body } = await upload(pdf('receipt'), 'r.pdf');
    expect(await receiptRules.create!(db, { storageKey: body.storageKey, position: 1 })).toEqual({
      storageKey: body.storageKey,
      position: 1,
      fileName: 'r.pdf',
      fileSizeBytes: BigInt(body.size),
      fileType: 'application/pdf',
      contentSha256: Buffer.from(body.sha256, 'hex'),
      uploadedById: ours.owner,
    });
  });
});

it('looks for references in every column of the schema that holds a storage key', async () => {
  const { rows } = await world.db.superuser.query(`
    SELECT c.conrelid::regclass::text || '.' || a.attname AS column
    FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = ANY (c.conkey)
    WHERE c.contype = 'c' AND pg_get_constraintdef(c.oid) LIKE '%starts_with(%' AND a.attname <> 'organization_id'
      AND c.connamespace = 'public'::regnamespace ORDER BY 1`);
  const source = (
    await world.db.superuser.query("SELECT prosrc FROM pg_proc WHERE proname = 'file_references'")
  ).rows[0].prosrc as string;
  const found = [...source.matchAll(/FROM public\.(\w+) AS (\w)\s+WHERE .*? AND \2\.(\w+) = key/g)].map(
    (m) => `${m[1]}.${m[3]}`,
  );
  expect(found.sort()).toEqual(rows.map((r) => r.column).sort());
  expect(found.length).toBeGreaterThanOrEqual(6);
});

it('lists files page by page, newest first, with the bytes that count', async () => {
  const other = as(theirs);
  const query = { limit: 2 };
  const before = (await call('listFiles', { query: { limit: 200 } }, other)) as {
    items: unknown[];
    usedBytes: number;
  };
  for (const name of ['1.txt', '2.txt', '3.txt']) await upload(name, name, { who: theirs });
  const first = (await call('listFiles', { query }, other)) as { items: { name: string }[]; next: string };
  expect(first.items.map((i) => i.name)).toEqual(['3.txt', '2.txt']);
  const second = (await call(
    'listFiles',
    { query: { limit: 200, before: first.next } },
    other,
  )) as typeof before & typeof first;
  expect(second.items[0]!.name).toBe('1.txt');
  expect(second.next).toBeNull();
  expect(second.usedBytes).toBe(before.usedBytes + 15);
});

it('makes links that open the file', async () => {
  const { body } = await upload('linked', 'a.txt');
  const params = { fileId: body.id };
  const link = (await call('linkFile', { params, body: { expiresIn: 60, inline: false } })) as {
    url: string;
    expiresAt: string;
  };
  expect(Date.parse(link.expiresAt)).toBeGreaterThan(Date.now());
  expect(await (await world.app(theirs).request(link.url)).text()).toBe('linked');
  await expect(
    call('linkFile', { params, body: { expiresIn: 60, inline: false } }, as(theirs)),
  ).rejects.toMatchObject({
    code: 'FILE_NOT_FOUND',
  });
});
