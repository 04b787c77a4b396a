import { type AnyRoute, answer, route, z } from '../../http/index.ts';
import { LINK_DEFAULT, LINK_MOST, type LinkSigner } from './signed-link.ts';
import { findFile, listFiles, noSuchFile, removeFile } from './uploads.ts';

const FileParams = z.object({ fileId: z.uuid() });

/** A finished upload, as answers show it. */
export const FileSchema = z
  .object({
    id: z.uuid(),
    storageKey: z.string().describe('What a record that refers to the file takes as its key'),
    name: z.string(),
    size: z.int().describe('Bytes'),
    mimeType: z.string().describe('By the content'),
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
    createdById: z.uuid(),
    createdAt: z.iso.datetime(),
    linked: z
      .boolean()
      .describe('Whether a record refers to it; what nothing refers to is removed after a week'),
  })
  .openapi('File');

/** The routes of files that are JSON on both sides; upload and download are in `streams.ts`. */
export function fileRecordRoutes(links: LinkSigner): AnyRoute[] {
  return [
    route({
      method: 'get',
      path: '/files',
      operationId: 'listFiles',
      summary: 'Files that were uploaded, newest first',
      permission: 'files:read',
      query: z.object({
        limit: z.coerce.number().int().min(1).max(200).default(50),
        before: z.uuid().optional().describe('The `next` of the page before'),
      }),
      answers: {
        200: {
          description: 'A page of files',
          schema: z.object({
            items: z.array(FileSchema),
            next: z.uuid().nullable().describe('Give it as `before` for the next page; null on the last'),
            usedBytes: z.int().describe('Bytes that count against the plan'),
          }),
        },
      },
      handler: ({ db, query }) => listFiles(db, query),
    }),
    route({
      method: 'get',
      path: '/files/{fileId}',
      operationId: 'getFile',
      summary: 'What is known of a file',
      permission: 'files:read',
      params: FileParams,
      answers: { 200: { description: 'The file', schema: FileSchema } },
      refusals: { FILE_NOT_FOUND: 'There is no such file here' },
      handler: ({ db, params }) => fileOf(db, params.fileId),
    }),
    route({
      method: 'delete',
      path: '/files/{fileId}',
      operationId: 'removeFile',
      summary: 'Remove a file that no record refers to',
      permission: 'files:write',
      params: FileParams,
      answers: { 204: { description: 'It is removed' } },
      refusals: { FILE_NOT_FOUND: 'There is no such file here', FILE_LINKED: 'A record refers to it' },
      handler: async ({ db, params }) => {
        await removeFile(db, params.fileId);
        return answer(204);
      },
    }),
    route({
      method: 'post',
      path: '/files/{fileId}/link',
      operationId: 'linkFile',
      summary: 'Make a link that opens the file without sign-in, for a while',
      description: 'Whoever has the link can download the file until it expires. It cannot be taken back.',
      permission: 'files:read',
      params: FileParams,
      body: z.object({
        expiresIn: z.int().min(1).max(LINK_MOST).default(LINK_DEFAULT).describe('Seconds'),
        inline: z.boolean().default(false).describe('Shown in the browser where the type is safe to show'),
      }),
      answers: {
        200: {
          description: 'The link',
          schema: z.object({
            url: z.string().describe('Path and query on this server'),
            expiresAt: z.iso.datetime(),
          }),
        },
      },
      refusals: { FILE_NOT_FOUND: 'There is no such file here' },
      handler: async ({ db, who, params, body }) => {
        const file = await fileOf(db, params.fileId);
        const target = { organizationId: who.organizationId, fileId: file.id, inline: body.inline };
        const { path, expiresAt } = links.sign(target, body.expiresIn);
        return { url: path, expiresAt: expiresAt.toISOString() };
      },
    }),
  ];
}

async function fileOf(db: Parameters<typeof findFile>[0], id: string) {
  const file = await findFile(db, id);
  if (!file) throw noSuchFile();
  return file;
}
