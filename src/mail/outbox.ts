import { setTimeout as pause } from 'node:timers/promises';
import nodemailer from 'nodemailer';
import { type Letter, render } from './letter.ts';

export interface OutboxOptions {
  /** `smtp://user:password@host:587` or `smtps://…`. */
  readonly url: string;
  /** The sender: `Lotline <no-reply@example.com>`. */
  readonly from: string;
  /** Milliseconds between attempts; one attempt more than there are pauses. */
  readonly pauses?: readonly number[];
  /** Told of a letter that was given up. It says no recipient and no text: both are personal. */
  readonly onGivenUp?: (error: unknown, subject: string) => void;
}

/** Sends letters in the background, so that how long a request takes says nothing about whether it sent one. */
export interface Outbox {
  send(to: string, letter: Letter): void;
  /** Resolves when nothing is under way. */
  settled(): Promise<void>;
  /** Takes no more letters, tries those that wait once more at once, and resolves when all are sent or given up. */
  close(): Promise<void>;
}

/**
 * Opens an outbox on an SMTP server, which need not be there yet. A letter lives in memory: one that waits for its next
 * attempt when the process is killed is lost, and its recipient asks for it again.
 */
export function openOutbox({
  url,
  from,
  pauses = [1_000, 5_000, 30_000, 120_000],
  onGivenUp,
}: OutboxOptions): Outbox {
  const transport = nodemailer.createTransport({
    url,
    pool: true,
    maxConnections: 2,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 20_000,
    // A letter holds text alone; nothing in it may make the server read a file or fetch an address.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const closing = new AbortController();
  const underWay = new Set<Promise<void>>();

  const deliver = async (to: string, letter: Letter): Promise<void> => {
    const { text, html } = render(letter);
    const subject = letter.subject.replace(/\p{Cc}+/gu, ' ');
    for (const wait of [...pauses, undefined]) {
      try {
        await transport.sendMail({ from, to: { name: '', address: to }, subject, text, html });
        return;
      } catch (error) {
        const refused = (error as { responseCode?: number }).responseCode ?? 0;
        // 5xx is the server's last word on this letter.
        if (wait === undefined || refused >= 500 || closing.signal.aborted) {
          onGivenUp?.(error, subject);
          return;
        }
        await pause(wait, undefined, { signal: closing.signal }).catch(() => {});
      }
    }
  };
  const settled = async () => {
    while (underWay.size > 0) await Promise.all(underWay);
  };
  return {
    send: (to, letter) => {
      if (closing.signal.aborted) {
        onGivenUp?.(new Error('the outbox is closed'), letter.subject);
        return;
      }
      const work = deliver(to, letter).finally(() => underWay.delete(work));
      underWay.add(work);
    },
    settled,
    close: async () => {
      closing.abort();
      await settled();
      transport.close();
    },
  };
}
