import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { type MessageText, readMessage } from './mime.ts';

export interface CapturedMessage extends MessageText {
  readonly id: string;
  readonly receivedAt: Date;
}

/** The mailbox of development: it takes every mail and sends none on. */
export interface Mailbox {
  /** For SMTP_URL. */
  readonly url: string;
  /** Newest first. */
  list(): readonly CapturedMessage[];
  get(id: string): CapturedMessage | undefined;
  close(): Promise<void>;
}

export interface MailboxOptions {
  /** 0, or left out, takes a free one. */
  readonly port?: number;
  /** Messages kept in memory; 200 unless told. */
  readonly keep?: number;
}

/** Listens for SMTP on loopback alone. Messages are gone when it closes. */
export async function openMailbox({ port = 0, keep = 200 }: MailboxOptions = {}): Promise<Mailbox> {
  let messages: CapturedMessage[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    disableReverseLookup: true,
    size: 1024 ** 2,
    closeTimeout: 100,
    onData: (stream, _session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        if (stream.sizeExceeded) {
          done(Object.assign(new Error('The mailbox takes messages of up to 1 MiB'), { responseCode: 552 }));
          return;
        }
        const message = { id: randomUUID(), receivedAt: new Date(), ...readMessage(Buffer.concat(chunks)) };
        messages = [message, ...messages].slice(0, keep);
        done();
      });
    },
  });
  // A client that hangs up in the middle of a message is not a fault of this process.
  server.on('error', () => {});
  await new Promise<void>((resolve, reject) => {
    server.server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve());
  });
  return {
    url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`,
    list: () => messages,
    get: (id) => messages.find((m) => m.id === id),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
