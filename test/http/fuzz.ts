import fc from 'fast-check';
import { type Judge, judgeOf } from './judge.ts';
import {
  type Document,
  type Operation,
  operationsOf,
  type PoolOf,
  requestsTo,
  type Sent,
} from './operations.ts';

/** Somebody who asks: a role by its credentials, or nobody. */
export interface Actor {
  readonly name: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Address of the organization they ask for. */
  readonly organization: string;
}

export interface FuzzOptions {
  readonly fetch: (request: Request) => Promise<Response> | Response;
  readonly document: Document;
  readonly actors: readonly Actor[];
  /** Ids that exist and words that are understood, by the name of the field that takes them. */
  readonly pool: PoolOf;
  /** Ids that only other organizations may see. */
  readonly foreign: ReadonlySet<string>;
  /** Requests in all; every operation gets its share of each actor. */
  readonly count: number;
  readonly seed: number;
  readonly onProgress?: (sent: number) => void;
  /** Restores what the requests of a round may have taken from the actors, such as a membership. */
  readonly restore?: () => Promise<void>;
  /** Operations that are left out, with the reason. */
  readonly leaveOut?: (operation: Operation) => boolean;
}

export interface FuzzResult {
  readonly sent: number;
  readonly operations: number;
  readonly byStatus: Readonly<Record<string, number>>;
  /** Operations that answered with success at least once. */
  readonly succeeded: readonly string[];
  /** Those that never did. */
  readonly never: readonly string[];
  /** Each kind of fault once for each operation, with a request that shows it. */
  readonly faults: readonly string[];
}

const AT_ONCE = 8;

/** Sends generated requests to every operation of a document and judges each answer. Deterministic but for what the database holds. */
export async function fuzz(options: FuzzOptions): Promise<FuzzResult> {
  const { document, actors, count, seed, pool, foreign } = options;
  const judge = judgeOf(document, foreign);
  const operations = operationsOf(document).filter((o) => !options.leaveOut?.(o));
  const share = Math.max(1, Math.ceil(count / (operations.length * actors.length)));
  const tally = {
    sent: 0,
    byStatus: {} as Record<string, number>,
    faults: new Map<string, string>(),
    succeeded: new Set<string>(),
  };
  // Actors by turns, so that what one of them makes is there for the next to find.
  const rounds = Math.min(share, 5);
  for (let round = 0; round < rounds; round++) {
    for (const actor of actors) {
      const requests = operations.flatMap((operation, i) =>
        fc
          .sample(requestsTo(document, operation, pool, { organization: actor.organization }), {
            numRuns: Math.floor(((round + 1) * share) / rounds) - Math.floor((round * share) / rounds),
            seed: seed + i * 1009 + round * 9176,
          })
          .map((sent) => ({ ...sent, headers: { ...sent.headers, ...actor.headers } })),
      );
      await inTurns(requests, (sent) => ask(options, judge, actor, sent, tally));
      await options.restore?.();
    }
  }
  return {
    sent: tally.sent,
    operations: operations.length,
    byStatus: tally.byStatus,
    succeeded: [...tally.succeeded].sort(),
    never: operations.map(nameOf).filter((name) => !tally.succeeded.has(name)),
    faults: [...tally.faults.values()],
  };
}

interface Tally {
  sent: number;
  readonly byStatus: Record<string, number>;
  readonly faults: Map<string, string>;
  readonly succeeded: Set<string>;
}

async function ask(
  { fetch, onProgress }: FuzzOptions,
  judge: Judge,
  actor: Actor,
  sent: Sent,
  tally: Tally,
): Promise<void> {
  const bare = sent.method === 'GET' || sent.method === 'HEAD';
  const request = new Request(sent.url, {
    method: sent.method,
    headers: sent.headers,
    ...(bare || sent.body === undefined ? {} : { body: sent.body }),
  });
  const answer = await fetch(request);
  const stream = (answer.headers.get('content-type') ?? '').startsWith('text/event-stream');
  if (stream) await answer.body?.cancel();
  const text = stream ? '' : await answer.text();
  tally.sent += 1;
  tally.byStatus[answer.status] = (tally.byStatus[answer.status] ?? 0) + 1;
  const name = nameOf(sent.operation);
  if (answer.status < 300) tally.succeeded.add(name);
  const fault = judge(sent, answer.status, answer.headers, text);
  const kind = `${name} ${fault?.slice(0, 60)}`;
  if (fault && !tally.faults.has(kind))
    tally.faults.set(kind, `${actor.name}: ${name} ${fault}\n    ${asCurl(sent)}`);
  if (tally.sent % 500 === 0) onProgress?.(tally.sent);
}

const nameOf = ({ method, path }: Operation) => `${method} ${path}`;

function asCurl({ method, url, headers, body }: Sent): string {
  const shown = Object.entries(headers)
    .filter(([name]) => !/authorization|cookie/i.test(name))
    .map(([name, value]) => ` -H '${name}: ${value}'`);
  const data =
    body === undefined
      ? ''
      : ` -d '${typeof body === 'string' ? body.slice(0, 400) : Buffer.from(body).toString('hex')}'`;
  return `curl -X ${method} '${url.slice(0, 600)}'${shown.join('')}${data}`;
}

async function inTurns<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const queue = [...items];
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item);
    }),
  );
}
