import createClient, { type Client, type Middleware } from 'openapi-fetch';
import type { components, OrganizationPaths, paths } from '../generated/api.d.ts';
import { send } from './send.ts';

/** A model’s record, or the input of its creation and change, as the API documents them: `Model<'Contact'>`, `Model<'ContactCreate'>`. */
export type Model<Name extends keyof components['schemas']> = components['schemas'][Name];

const WRITES = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

/** Every write carries a key, so that one sent twice happens once. A form gives its own, the same for every try. */
const oncePerKey: Middleware = {
  onRequest({ request }) {
    if (WRITES.has(request.method) && !request.headers.has('idempotency-key'))
      request.headers.set('idempotency-key', crypto.randomUUID());
  },
};

/** Opens the API below an address, as the signed-in person. */
export function openClient<Paths extends object>(baseUrl: string): Client<Paths> {
  const client = createClient<Paths>({ baseUrl, fetch: send });
  client.use(oncePerKey);
  return client;
}

/** What belongs to a person: `/v1/me`, organizations, the platform’s staff. */
export const api: Client<paths> = openClient<paths>('');

export type OrganizationApi = Client<OrganizationPaths>;

const opened = new Map<string, OrganizationApi>();

/** The API of one organization; paths begin below it: `organizationApi('oddfern').GET('/deals/board')`. */
export function organizationApi(slug: string): OrganizationApi {
  let client = opened.get(slug);
  if (!client) {
    client = openClient<OrganizationPaths>(`/v1/orgs/${encodeURIComponent(slug)}`);
    opened.set(slug, client);
  }
  return client;
}

/** The body of an answer; refusals were thrown on the way. */
export async function bodyOf<T>(answer: Promise<{ data?: T }>): Promise<T> {
  return (await answer).data as T;
}
