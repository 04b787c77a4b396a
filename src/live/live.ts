import { Refusal } from '../errors.ts';
import type { Boundary } from '../tenancy/index.ts';
import type { Change } from './change.ts';
import { type Logger, listen } from './listener.ts';
import { RecentChanges } from './recent-changes.ts';
import { type Subscriber, Subscription } from './subscription.ts';
import { liveTables } from './tables.ts';

export interface LiveOptions {
  /** Connection string of the platform role, which alone reads the name of the channel. Not through a pooler. */
  readonly platformUrl: string;
  readonly boundary: Pick<Boundary, 'models'>;
  readonly logger: Logger;
  /** Changes kept for streams that come back; 1,000 unless told. */
  readonly recent?: number;
  /** Changes that wait for one stream; 256 unless told. */
  readonly queue?: number;
  /** Streams of one person at a time, in this process; 10 unless told. */
  readonly streamsPerPerson?: number;
  /** Milliseconds between two heartbeats of a stream, each with a check of the membership; 25,000 unless told. */
  readonly beat?: number;
}

/** Changes of rows, told to those who may see them. */
export interface Live {
  /**
   * A stream of changes for one member, from now on or from where it was cut off. Ends by itself when `check` says so.
   * @throws Refusal `TOO_MANY_STREAMS`, `TABLE_UNKNOWN`
   */
  subscribe(subscriber: Subscriber): Subscription;
  /** The position of a place, to come back to. */
  position(place: number): string;
  /** Streams that are open. */
  readonly streams: number;
  /** Ends every stream and the connection. Twice is once. */
  close(): Promise<void>;
}

/**
 * Hears of every change and hands it to the streams of its organization; a resync where something was missed.
 * @throws LotlineError `CHANGE_CHANNEL_MISSING`; the error of the first connection.
 */
export async function openLive(options: LiveOptions): Promise<Live> {
  const { streamsPerPerson = 10, queue = 256, beat = 25_000 } = options;
  const tables = liveTables(options.boundary);
  const recent = new RecentChanges(options.recent ?? 1_000);
  const open = new Map<string, Set<Subscription>>();
  const all = () => [...open.values()].flatMap((s) => [...s]);
  let closed: Promise<void> | undefined;

  const listening = await listen({
    url: options.platformUrl,
    logger: options.logger,
    onChange: (change: Change) => {
      const heard = recent.add(change);
      for (const subscription of open.get(change.organization) ?? []) subscription.push(heard);
    },
    onGap: () => {
      recent.gap();
      for (const subscription of all()) subscription.missed(recent.last);
    },
  });

  return {
    subscribe: (subscriber) => {
      const { organizationId, userId } = subscriber.who;
      for (const table of subscriber.tables ?? []) if (!tables.has(table)) throw unknown(table);
      const held = all().filter((s) => s.subscriber.who.userId === userId).length;
      if (held >= streamsPerPerson) throw tooMany(streamsPerPerson);
      const { lastPosition } = subscriber;
      const missed = lastPosition === undefined ? [] : recent.since(lastPosition, organizationId);
      const begin = { place: missed?.[0] ? missed[0].place - 1 : recent.last, missed };
      const subscription = new Subscription(subscriber, tables, { queue, beat }, begin);
      const streams = open.get(organizationId) ?? new Set();
      open.set(organizationId, streams.add(subscription));
      subscription.signal.addEventListener('abort', () => {
        streams.delete(subscription);
        if (streams.size === 0 && open.get(organizationId) === streams) open.delete(organizationId);
      });
      if (closed) subscription.close();
      return subscription;
    },
    position: (place) => recent.position(place),
    get streams() {
      return all().length;
    },
    close: () => {
      closed ??= listening.close();
      for (const subscription of all()) subscription.close();
      return closed;
    },
  };
}

const tooMany = (most: number) =>
  new Refusal(
    'too-many',
    'TOO_MANY_STREAMS',
    `You have ${most} streams of changes open, which is the most.`,
    'Close one; one stream can tell of any number of tables.',
  );

const unknown = (table: string) =>
  new Refusal(
    'invalid',
    'TABLE_UNKNOWN',
    `There are no changes of "${table.slice(0, 100)}" to be told.`,
    'Name tables as the reference does, such as contacts,deals.',
    { fields: [{ field: 'tables', code: 'TABLE_UNKNOWN', message: 'not a table that tells its changes' }] },
  );
