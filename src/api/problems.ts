import { PROBLEM_TYPE } from '../http/index.ts';

/** The schema of every answer that refuses (RFC 9457). */
export const PROBLEM_SCHEMA = {
  type: 'object',
  required: ['type', 'title', 'status', 'detail', 'code', 'hint', 'instance'],
  properties: {
    type: { type: 'string', description: 'Address of the page on this code' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string', description: 'What happened, for a person' },
    code: { type: 'string', description: 'Stable; match this' },
    hint: { type: 'string', description: 'How to mend it' },
    instance: { type: 'string', description: 'The id of the request' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['field', 'code', 'message'],
        properties: { field: { type: 'string' }, code: { type: 'string' }, message: { type: 'string' } },
      },
    },
  },
} as const;

const COMMON: Readonly<Record<number, string>> = {
  400: 'The request cannot be read',
  401: 'Nobody is signed in, or the session or key is not valid',
  403: 'Not allowed: permission, plan, or a page of another site',
  404: 'There is no such thing in this organization',
  413: 'The body is too large',
  422: 'A value is not allowed; `errors` names it',
  429: 'Too many requests; `Retry-After` says for how long',
  503: 'The database does not answer',
  504: 'It took too long and was undone',
};
const OF_WRITES: Readonly<Record<number, string>> = {
  409: 'Conflicts with what is there',
  412: 'It was changed meanwhile',
};

/** The problems that a route can answer besides its own. */
export function PROBLEMS(method: string): Record<number, object> {
  const all = method === 'get' ? COMMON : { ...COMMON, ...OF_WRITES };
  const content = { [PROBLEM_TYPE]: { schema: { $ref: '#/components/schemas/Problem' } } };
  return Object.fromEntries(
    Object.entries(all).map(([status, description]) => [status, { description, content }]),
  );
}
