const problem = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
});
const text = { type: 'string' };

/** The path of the stream, for the OpenAPI document. */
export const livePaths = {
  '/v1/orgs/{organization}/events': {
    get: {
      operationId: 'streamEvents',
      tags: ['live'],
      summary: 'Changes of rows as they happen',
      description:
        'Server-sent events: `change` with `table`, `op` and `ids`, and `resync` where changes were missed and everything has to be read again.',
      parameters: [
        {
          name: 'organization',
          in: 'path',
          required: true,
          description: 'Address (slug) or id of your organization',
          schema: text,
        },
        {
          name: 'tables',
          in: 'query',
          description: 'Tables to hear of, with commas between; all that you may read unless told',
          schema: text,
        },
        {
          name: 'Last-Event-ID',
          in: 'header',
          description: 'Where a stream was cut off',
          schema: text,
        },
      ],
      responses: {
        200: { description: 'The stream', content: { 'text/event-stream': { schema: text } } },
        401: problem('Nobody is signed in, or the session or key is not valid'),
        403: problem('A table that you may not read'),
        404: problem('ORGANIZATION_UNKNOWN'),
        422: problem('A table that does not exist'),
        429: problem('RATE_LIMITED, or too many streams'),
      },
    },
  },
} as const;
