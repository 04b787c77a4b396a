const problem = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
});
const parameter = (
  name: string,
  where: 'path' | 'query' | 'header',
  description: string,
  schema: object,
) => ({
  name,
  in: where,
  required: where === 'path',
  description,
  schema,
});
const uuid = { type: 'string', format: 'uuid' };
const inline = parameter('inline', 'query', '1 shows pictures and PDF in the browser', {
  type: 'string',
  enum: ['1'],
});
const range = parameter('Range', 'header', 'One part: `bytes=0-1023`', { type: 'string' });
const bytes = { schema: { type: 'string', format: 'binary' } };
const downloads = {
  200: { description: 'The bytes, as an attachment', content: { '*/*': bytes } },
  206: { description: 'The part', content: { '*/*': bytes } },
  304: { description: 'The client has them already (If-None-Match)' },
  412: { description: 'They are not those of If-Match' },
  416: { description: 'The part lies beyond the end' },
};

const entered = {
  401: problem('Nobody is signed in, or the session or key is not valid'),
  403: problem('PERMISSION_MISSING, CROSS_SITE_REQUEST, PLAN_LIMIT_REACHED'),
  404: problem('ORGANIZATION_UNKNOWN, FILE_NOT_FOUND'),
  429: problem('RATE_LIMITED'),
};

/** The paths of the routes that stream, for the OpenAPI document; those that are `route()`s are there already. */
export const filePaths = {
  '/v1/orgs/{organization}/files': {
    post: {
      operationId: 'uploadFile',
      'x-permission': 'files:write',
      tags: ['files'],
      summary: 'Upload a file',
      description:
        'The bytes as the body, or a form with one file. The type is read from the content; name and declared type have to agree with it. Takes no idempotency key: sent twice, it is two files.',
      parameters: [
        parameter('organization', 'path', 'Id or address', { type: 'string' }),
        parameter('name', 'query', 'Name of the file; or in Content-Disposition', { type: 'string' }),
      ],
      requestBody: {
        required: true,
        content: {
          '*/*': bytes,
          'multipart/form-data': {
            schema: {
              type: 'object',
              properties: { file: { type: 'string', format: 'binary' } },
              required: ['file'],
            },
          },
        },
      },
      responses: {
        ...entered,
        201: {
          description: 'The file is kept',
          content: { 'application/json': { schema: { $ref: '#/components/schemas/File' } } },
        },
        413: problem('FILE_TOO_LARGE'),
        422: problem('FILE_EMPTY, FILE_NOT_ALLOWED, FILE_TYPE_MISMATCH, UPLOAD_FORM_INVALID'),
        503: problem('STORAGE_UNAVAILABLE'),
      },
    },
  },
  '/v1/orgs/{organization}/files/{fileId}/content': {
    get: {
      operationId: 'downloadFile',
      'x-permission': 'files:read',
      tags: ['files'],
      summary: 'Download a file',
      parameters: [
        parameter('organization', 'path', 'Id or address', { type: 'string' }),
        parameter('fileId', 'path', 'Id of the file', uuid),
        inline,
        range,
      ],
      responses: { ...downloads, ...entered },
    },
  },
  '/v1/files/{organizationId}/{fileId}': {
    get: {
      operationId: 'downloadByLink',
      tags: ['files'],
      summary: 'Download a file by a signed link',
      security: [],
      parameters: [
        parameter('organizationId', 'path', 'Id of the organization', uuid),
        parameter('fileId', 'path', 'Id of the file', uuid),
        parameter('expires', 'query', 'End of the link, seconds since 1970', { type: 'string' }),
        parameter('signature', 'query', 'As the link has it', { type: 'string' }),
        inline,
        range,
      ],
      responses: {
        ...downloads,
        403: problem('LINK_INVALID'),
        404: problem('FILE_NOT_FOUND'),
        410: problem('LINK_EXPIRED'),
        429: problem('RATE_LIMITED'),
      },
    },
  },
} as const;
