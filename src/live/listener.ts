import { setTimeout as pause } from 'node:timers/promises';
import type pg from 'pg';
import { connectTo } from '../database/client.ts';
import { quoteIdent } from '../database/quote.ts';
import { LotlineError } from '../errors.ts';
import { type Change, parseChange } from './change.ts';

/** What the listener needs of a logger; pino’s fits. */
export interface Logger {
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
}

export interface Listening {
  readonly url: string;
  readonly logger: Logger;
  readonly onChange: (change: Change) => void;
  /** Called after each reconnection: what happened meanwhile was not heard. */
  readonly onGap: () => void;
  /** Milliseconds between two questions whether the connection lives; 15,000 unless told. */
  readonly askEvery?: number;
}

const FIRST_PAUSE = 100;
const LONGEST_PAUSE = 10_000;

/**
 * Hears of changes on one connection of its own, and connects again when that is lost, after pauses that double to ten seconds.
 * Resolves when it hears.
 * @throws LotlineError `CHANGE_CHANNEL_MISSING`; or the error of the first connection.
 */
export async function listen(options: Listening): Promise<{ close(): Promise<void> }> {
  const closing = new AbortController();
  let client = await hear(options);
  const running = (async () => {
    for (;;) {
      await lost(client, options.askEvery ?? 15_000, closing.signal);
      if (closing.signal.aborted) return;
      const again = await reconnect(options, closing.signal);
      if (!again) return;
      client = again;
      options.onGap();
    }
  })();
  return {
    close: async () => {
      closing.abort();
      await running;
      // A connection that does not answer does not say goodbye either.
      await Promise.race([client.end().catch(() => {}), pause(2_000, undefined, { ref: false })]);
    },
  };
}

async function hear({ url, onChange }: Listening): Promise<pg.Client> {
  const client = await connectTo(url);
  try {
    const { rows } = await client.query<{ name: string }>('SELECT name FROM app.change_channel');
    if (!rows[0]) throw noChannel();
    client.on('notification', ({ payload }) => {
      const change = parseChange(payload);
      if (change) onChange(change);
    });
    await client.query(`LISTEN ${quoteIdent(rows[0].name)}`);
    return client;
  } catch (error) {
    await client.end().catch(() => {});
    throw (error as { code?: string }).code === '42P01' ? noChannel(error) : error;
  }
}

/** Resolves when the connection is of no use any more, or when it is closed on purpose. */
async function lost(client: pg.Client, askEvery: number, signal: AbortSignal): Promise<void> {
  const ended = new AbortController();
  const either = AbortSignal.any([signal, ended.signal]);
  client.once('end', () => ended.abort());
  while (!either.aborted) {
    await pause(askEvery, undefined, { signal: either }).catch(() => {});
    if (either.aborted) return;
    // Where the other side vanished without a word, only asking shows it.
    const question = { text: 'SELECT 1', query_timeout: 5_000 };
    const answered = await client.query(question).then(
      () => true,
      () => false,
    );
    if (answered) continue;
    void client.end().catch(() => {});
    return;
  }
}

async function reconnect(options: Listening, signal: AbortSignal): Promise<pg.Client | undefined> {
  for (let wait = FIRST_PAUSE; ; wait = Math.min(wait * 2, LONGEST_PAUSE)) {
    await pause(wait * (0.5 + Math.random() / 2), undefined, { signal }).catch(() => {});
    if (signal.aborted) return undefined;
    try {
      const client = await hear(options);
      options.logger.info({}, 'live updates: connected again');
      return client;
    } catch (error) {
      options.logger.warn({ code: (error as { code?: string }).code }, 'live updates: no connection');
    }
  }
}

const noChannel = (cause?: unknown) =>
  new LotlineError(
    'CHANGE_CHANNEL_MISSING',
    'The database has no channel for changes.',
    'apply what is pending: npm run db:apply',
    { cause },
  );
