import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import type pg from 'pg';
import { type Operation, operationsOf, type PoolOf, requestsTo, type Sent } from '../../http/operations.ts';
import { openWorld } from '../../http/world.ts';
import type { TestApp } from '../../support/app.ts';
import { type Attacker, makeAttackers, OTHER, VICTIM } from './attackers.ts';
import { type Secrets, secretsOf, stateOf } from './secrets.ts';

export interface HttpAttackOptions {
  readonly server: TestApp;
  readonly superuserUrl: string;
  readonly client: pg.Client;
  /** Requests of each attacker to each operation that is closed to them. */
  readonly each: number;
  readonly seed: number;
  readonly operations?: (operation: Operation, index: number) => boolean;
  readonly onProgress?: (step: string) => void;
}

export interface HttpAttackReport {
  readonly operations: number;
  readonly ids: number;
  readonly texts: number;
  readonly attackers: readonly {
    readonly name: string;
    readonly sent: number;
    readonly byStatus: Record<string, number>;
  }[];
  /** Requests that named another organization's records, sent once more with ids that nobody has. */
  readonly twins: number;
  readonly leaks: readonly string[];
}

/** Besides, bytes that are no text are refused before anybody asks what they are for. */
const REFUSED = new Set([401, 403, 404]);

/** Every operation of the document, asked by everybody to whom it is closed. Deterministic but for new ids. */
export async function attackHttp(options: HttpAttackOptions): Promise<HttpAttackReport> {
  const { server, client, superuserUrl, each, seed, onProgress = () => {} } = options;
  const world = await openWorld(superuserUrl, server);
  try {
    const idOf = async (slug: string) =>
      (await client.query('SELECT id FROM organizations WHERE slug = $1', [slug])).rows[0].id as string;
    const [victim, other] = [await idOf(VICTIM), await idOf(OTHER)];
    await client.query("UPDATE subscriptions SET tier = 'ENTERPRISE', status = 'ACTIVE'");
    const attackers = await makeAttackers(server, client);
    const secrets = await secretsOf(client, victim);
    const operations = operationsOf(world.document).filter(options.operations ?? (() => true));
    const pool = await poolOf(server, world.pool, secrets);
    const leaks: string[] = [];
    const done: HttpAttackReport['attackers'][number][] = [];
    let twins = 0;
    for (const attacker of attackers) {
      onProgress(attacker.name);
      const before = await stateOf(client, victim);
      const byStatus: Record<string, number> = {};
      let sent = 0;
      // What an attacker has written into rows of their own, where no reference forbids it, they may read there.
      let written = '';
      const organization = attacker.path === 'own' ? OTHER : VICTIM;
      for (const [i, operation] of operations.entries()) {
        if (!attacker.closed(operation)) continue;
        const requests = fc.sample(requestsTo(world.document, operation, pool, { organization }), {
          numRuns: each,
          seed: seed + i * 1009,
        });
        for (const request of requests) {
          const answer = await ask(server, attacker, request);
          sent += 1;
          byStatus[answer.status] = (byStatus[answer.status] ?? 0) + 1;
          if (answer.status < 300 && request.method !== 'GET') written += shown(request);
          const leak = judge(attacker, request, answer, secrets, written);
          if (leak)
            leaks.push(`${attacker.name}: ${operation.method} ${operation.path} ${leak}\n    ${request.url}`);
          if (attacker.path !== 'own') continue;
          const twin = twinOf(request, secrets);
          // Keys hold the tenant, so an attacker may make a row of their own with the id of another's, and has it then.
          if (!twin || [...twin.ids.keys()].some((id) => written.includes(`"id":"${id}"`))) continue;
          twins += 1;
          const like = await ask(server, attacker, twin.request);
          const difference = differs(answer, like, twin.ids);
          if (difference)
            leaks.push(
              `${attacker.name}: ${operation.method} ${operation.path} tells foreign from unknown: ${difference}\n    ${request.url} ${shown(request)}`,
            );
        }
      }
      const after = await stateOf(client, victim);
      for (const table of Object.keys(before))
        if (before[table] !== after[table]) leaks.push(`${attacker.name}: rows of ${table} have changed`);
      done.push({ name: attacker.name, sent, byStatus });
    }
    onProgress('a member of an archived organization');
    const archived = await attackArchived(
      options,
      world.document,
      await secretsOf(client, other),
      pool,
      leaks,
    );
    done.push(archived);
    const { ids, texts } = secrets;
    return { operations: operations.length, ids: ids.size, texts: texts.size, attackers: done, twins, leaks };
  } finally {
    await world.close();
  }
}

async function attackArchived(
  { server, client, seed, operations: chosen = () => true }: HttpAttackOptions,
  document: Parameters<typeof operationsOf>[0],
  secrets: Secrets,
  pool: PoolOf,
  leaks: string[],
): Promise<HttpAttackReport['attackers'][number]> {
  const headers = await server.signIn('cuthbert@oddfern.example');
  await client.query('UPDATE organizations SET archived_at = now() WHERE slug = $1', [OTHER]);
  server.parts.auth.forget();
  const attacker: Attacker = {
    name: 'a member of an archived organization',
    headers,
    path: 'victim',
    closed: ({ path }) => path.startsWith('/v1/orgs/'),
  };
  const byStatus: Record<string, number> = {};
  let sent = 0;
  for (const [i, operation] of operationsOf(document).filter(chosen).entries()) {
    if (!attacker.closed(operation)) continue;
    const [request] = fc.sample(requestsTo(document, operation, pool, { organization: OTHER }), {
      numRuns: 1,
      seed: seed + i,
    });
    const answer = await ask(server, attacker, request!);
    sent += 1;
    byStatus[answer.status] = (byStatus[answer.status] ?? 0) + 1;
    const leak = judge(attacker, request!, answer, secrets);
    if (leak)
      leaks.push(`${attacker.name}: ${operation.method} ${operation.path} ${leak}\n    ${request!.url}`);
  }
  await client.query('UPDATE organizations SET archived_at = NULL WHERE slug = $1', [OTHER]);
  server.parts.auth.forget();
  return { name: attacker.name, sent, byStatus };
}

interface Answer {
  readonly status: number;
  readonly text: string;
}

async function ask(
  server: TestApp,
  attacker: Attacker,
  { url, method, headers, body }: Sent,
): Promise<Answer> {
  const bare = method === 'GET' || body === undefined;
  const answer = await server.app.fetch(
    new Request(url, { method, headers: { ...headers, ...attacker.headers }, ...(bare ? {} : { body }) }),
  );
  if (answer.headers.get('content-type')?.startsWith('text/event-stream')) {
    await answer.body?.cancel();
    return { status: answer.status, text: '' };
  }
  const kept = ['location', 'link', 'etag', 'content-disposition'].map(
    (name) => answer.headers.get(name) ?? '',
  );
  return { status: answer.status, text: `${await answer.text()}${kept.join('\n').trim()}` };
}

function judge(
  attacker: Attacker,
  sent: Sent,
  { status, text }: Answer,
  secrets: Secrets,
  written = '',
): string | undefined {
  if (attacker.path === 'victim' && !REFUSED.has(status) && !text.includes('"NOT_UTF8"'))
    return `answers ${status}: ${text.slice(0, 200)}`;
  if (status >= 500 && status !== 503 && status !== 504) return `answers ${status}: ${text.slice(0, 200)}`;
  const told = secrets.toldBy(text, `${decodeURIComponent(sent.url)} ${shown(sent)} ${written}`);
  return told === undefined ? undefined : `answers ${status} and tells "${told}"`;
}

/** The same request with ids that nobody has in the place of the victim's; undefined where it names none. */
function twinOf(request: Sent, secrets: Secrets): { request: Sent; ids: Map<string, string> } | undefined {
  const ids = new Map<string, string>();
  const swap = (text: string) =>
    text.replace(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, (id) => {
      if (!secrets.ids.has(id)) return id;
      const made = ids.get(id) ?? randomUUID();
      ids.set(id, made);
      return made;
    });
  const url = swap(request.url);
  const body = typeof request.body === 'string' ? swap(request.body) : request.body;
  const { 'idempotency-key': _, ...headers } = request.headers;
  if (ids.size === 0) return undefined;
  return { request: { ...request, url, headers, ...(body === undefined ? {} : { body }) }, ids };
}

/** How two answers differ that should be the same: status and, of a problem, all but the request's id. */
function differs(a: Answer, b: Answer, ids: ReadonlyMap<string, string>): string | undefined {
  // What was written the first time may be there the second.
  if (a.status < 300 && (b.status < 300 || b.status === 409)) return undefined;
  if (a.status !== b.status)
    return `${a.status} ${a.text.slice(0, 200)} / ${b.status} ${b.text.slice(0, 200)}`;
  const plain = (text: string) => text.replace(/urn:request:[\w-]+/, '');
  let foreign = plain(a.text);
  for (const [id, made] of ids) foreign = foreign.replaceAll(id, made);
  return foreign === plain(b.text) ? undefined : `${foreign.slice(0, 300)} / ${plain(b.text).slice(0, 300)}`;
}

/** Mostly the victim's ids, storage keys, cursors and words, so that everything which takes a value is tried with one of theirs. */
async function poolOf(server: TestApp, known: PoolOf, secrets: Secrets): Promise<PoolOf> {
  const owner = await server.signIn('ottoline@quillmarsh.example');
  const cursors: string[] = [];
  for (const collection of ['contacts', 'leads', 'deals', 'tasks', 'listings']) {
    const answer = await server.ask('GET', `/v1/orgs/${VICTIM}/data/${collection}?limit=1`, {
      headers: owner,
    });
    const { page } = (await answer.json()) as { page: { next: string | null } };
    if (page.next) cursors.push(page.next);
  }
  const words = [...secrets.texts].filter((text) => text.length < 60).slice(0, 50);
  const keys = [...secrets.texts].filter((text) => /^[0-9a-f-]{36}\//.test(text));
  return (field, path) => {
    if (field === 'cursor' || field === 'before') return cursors;
    if (field === 'q') return words;
    if (/storageKey|fileKey/i.test(field)) return keys;
    return known(field, path);
  };
}

const shown = ({ body }: Sent) => (typeof body === 'string' ? body : '');
