import { Hono } from 'hono';
import type { Permission } from '../auth/permissions.ts';
import type { Principal } from '../auth/principal.ts';
import type { Db } from '../db.ts';
import type { OrganizationEnv } from '../http/index.ts';
import type { Live } from './live.ts';
import { stillMember } from './still-member.ts';
import type { LiveEvent, Subscription } from './subscription.ts';

export interface LiveRoutesOptions {
  /**
   * What somebody who was let in may still do, or undefined where the membership ended, the key was revoked or the session is
   * over. Asked every 25 seconds for each stream. Memberships alone are looked at unless told.
   */
  readonly stillAllowed?: (db: Db, who: Principal) => Promise<ReadonlySet<Permission> | undefined>;
}

export const EVENTS_PATH = '/events';

/** Milliseconds after which a browser comes back when a stream was cut off. */
const RETRY = 3_000;

/**
 * `GET /events` of an organization: server-sent events, `change` {table, op, ids} and `resync` {table?}. Stands behind the
 * middleware that fills {@link OrganizationEnv}. `?tables=contacts,deals` names tables; `Last-Event-ID` goes on where a stream
 * was cut off, or begins with a `resync` where that is not known any more.
 * @throws Refusal of {@link Live.subscribe}, as errors of the handler
 */
export function liveRoutes(live: Live, options: LiveRoutesOptions = {}): Hono<OrganizationEnv> {
  const { stillAllowed = stillMember } = options;
  return new Hono<OrganizationEnv>().get(EVENTS_PATH, (c) => {
    const { who, db } = c.var;
    const tables = c.req.query('tables')?.split(',').filter(Boolean);
    const lastPosition = c.req.header('last-event-id');
    const subscription = live.subscribe({
      who,
      db,
      check: () => stillAllowed(db, who),
      ...(tables ? { tables: new Set(tables) } : {}),
      ...(lastPosition ? { lastPosition } : {}),
    });
    const leave = () => subscription.close();
    c.req.raw.signal.addEventListener('abort', leave, { once: true });
    if (c.req.raw.signal.aborted) leave();
    return c.body(bodyOf(live, subscription), 200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      // Proxies of the nginx kind would gather events until a buffer is full.
      'x-accel-buffering': 'no',
    });
  });
}

/** The stream as bytes; the next event is asked for when the last one has been taken. */
function bodyOf(live: Live, subscription: Subscription): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const events = subscription[Symbol.asyncIterator]();
  return new ReadableStream<Uint8Array>(
    {
      start: (controller) => {
        // An id without data is kept by the browser and shown to nobody: it is where to come back to.
        const id = subscription.missedSome ? '' : `id: ${live.position(subscription.place)}\n`;
        controller.enqueue(encoder.encode(`retry: ${RETRY}\n${id}\n`));
      },
      pull: async (controller) => {
        const { value, done } = await events.next();
        if (done) controller.close();
        else controller.enqueue(encoder.encode(textOf(value, live.position(value.place))));
      },
      cancel: () => subscription.close(),
    },
    { highWaterMark: 0 },
  );
}

function textOf({ place: _, event, ...data }: LiveEvent, id: string): string {
  if (event === 'beat') return `: beat\nid: ${id}\n\n`;
  return `event: ${event}\nid: ${id}\ndata: ${JSON.stringify(data)}\n\n`;
}
