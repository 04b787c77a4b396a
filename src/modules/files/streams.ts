import { type Context, Hono } from 'hono';
import { requirePermission } from '../../auth/permissions.ts';
import type { Db } from '../../db.ts';
import { Refusal } from '../../errors.ts';
import { HttpFault, type OrganizationEnv } from '../../http/index.ts';
import type { Storage } from '../../storage/index.ts';
import { nameOf } from './disposition.ts';
import { download } from './download.ts';
import { fileOfForm, typeOf } from './multipart.ts';
import { cleanName } from './name.ts';
import type { LinkSigner } from './signed-link.ts';
import { spool, tooLarge } from './spool.ts';
import { findFile, keepUpload, noSuchFile, type UploadedFile } from './uploads.ts';

export interface FileRoutesOptions {
  readonly storage: Storage;
  /** A folder on the server's disk for bytes on their way in; made where it is not there. */
  readonly spoolFolder: string;
  /** Seconds for which S3 answers downloads itself by a presigned URL; 0, the default, sends them through the server. */
  readonly presigned?: number;
}

/**
 * Upload and download of an organization's files, which stream and so are no `route()`s. To be mounted under
 * `/v1/orgs/:organization/files`. `db` must not be a transaction there: a row has to be kept before its bytes are, so these
 * routes take no idempotency key.
 */
export function fileRoutes({
  storage,
  spoolFolder,
  presigned = 0,
}: FileRoutesOptions): Hono<OrganizationEnv> {
  const routes = new Hono<OrganizationEnv>();

  routes.post('/', async (c) => {
    const who = c.get('who');
    requirePermission(who.permissions, 'files:write');
    const most = who.limits.fileBytes;
    const request = c.req.raw;
    const form = /^multipart\/form-data\b/i.test(c.req.header('content-type') ?? '');
    // A form is longer than its file, by how much nobody knows before.
    if (!form && Number(c.req.header('content-length') ?? 0) > most) throw tooLarge(most);
    const sent = await contentOf(c, form);
    const spooled = await spool(sent.bytes, spoolFolder, most, request.signal);
    try {
      const { name = 'file', type } = sent;
      const file = await keepUpload(c.get('db'), storage, who, spooled, { name, type }, request.signal);
      return c.json(file, 201, { Location: `/v1/orgs/${who.organizationSlug}/files/${file.id}` });
    } finally {
      await spooled.remove();
    }
  });

  routes.get('/:fileId/content', async (c) => {
    requirePermission(c.get('who').permissions, 'files:read');
    const file = await fileOf(c.get('db'), c.req.param('fileId'));
    return download(c.req.raw, storage, file, { inline: c.req.query('inline') === '1', presigned });
  });

  return routes;
}

export interface SignedFileRoutesOptions {
  readonly storage: Storage;
  readonly links: LinkSigner;
  /** The client of an organization, without a person. */
  readonly database: (organizationId: string) => Db;
  readonly presigned?: number;
}

/**
 * Downloads by signed link, without sign-in: the link is the right. To be mounted under `/v1/files`. A link that was made up
 * or changed is answered 403, one whose time is over 410, before anything is looked up.
 */
export function signedFileRoutes({ storage, links, database, presigned = 0 }: SignedFileRoutesOptions): Hono {
  const routes = new Hono();
  routes.get('/:organizationId/:fileId', async (c) => {
    const { organizationId, fileId } = c.req.param();
    const { expires = '', signature = '', inline } = c.req.query();
    const target = { organizationId, fileId, inline: inline === '1' };
    const state = links.verify(target, expires, signature);
    if (state === 'invalid')
      throw new Refusal(
        'forbidden',
        'LINK_INVALID',
        'This link is not valid.',
        'Ask for a new link to the file.',
      );
    if (state === 'expired')
      throw new HttpFault(
        410,
        'LINK_EXPIRED',
        'The time of this link is over.',
        'Ask for a new link to the file.',
      );
    const file = await fileOf(database(organizationId), fileId);
    const answer = await download(c.req.raw, storage, file, { inline: target.inline, presigned });
    // The address holds the right to the file, so it goes nowhere.
    answer.headers.set('Referrer-Policy', 'no-referrer');
    return answer;
  });
  return routes;
}

async function contentOf(c: Context, form: boolean) {
  const body = (c.req.raw.body ?? []) as unknown as AsyncIterable<Uint8Array>;
  const named = c.req.query('name');
  if (form) {
    const file = await fileOfForm(body, c.req.header('content-type') ?? '');
    return named === undefined ? file : { ...file, name: cleanName(named) };
  }
  const type = typeOf(c.req.header('content-type'));
  return {
    bytes: body,
    name: named === undefined ? nameOf(c.req.header('content-disposition')) : cleanName(named),
    // curl and forms say this where nobody said anything.
    type: type === 'application/x-www-form-urlencoded' ? undefined : type,
  };
}

async function fileOf(db: Db, id: string): Promise<UploadedFile> {
  const known = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id);
  const file = known ? await findFile(db, id) : undefined;
  if (!file) throw noSuchFile();
  return file;
}
