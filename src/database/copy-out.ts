import type { Socket } from 'node:net';
import type pg from 'pg';

// How much is handed on at a time.
const BATCH_BYTES = 1 << 18;

/** The part of pg's connection that is used: its simple query and its socket. */
interface Wire {
  readonly stream: Socket;
  query(text: string): void;
}

/**
 * Runs `COPY … TO STDOUT` and hands its bytes on in order, a quarter of a megabyte or so at a time; the server is not read
 * on while `take` works, so memory stays the same however much there is. pg makes a string of every value of a query; here
 * bytes stay bytes.
 * @returns the number of rows.
 * @throws the server's error, or that of `take`, with which the rest is read and dropped.
 */
export function copyOut(
  client: pg.ClientBase,
  sql: string,
  take: (bytes: Buffer) => Promise<void> | void,
): Promise<number> {
  return new Promise((resolve, reject) => {
    client.query(new CopyOut(sql, take, resolve, reject) as unknown as pg.Submittable);
  });
}

/** What pg calls a Submittable: it is told of each message of the server that belongs to it. */
class CopyOut {
  readonly #sql: string;
  readonly #take: (bytes: Buffer) => Promise<void> | void;
  readonly #resolve: (rows: number) => void;
  readonly #reject: (error: unknown) => void;
  readonly #spare: Buffer[] = [];
  #batch: Buffer = Buffer.allocUnsafe(BATCH_BYTES);
  #filled = 0;
  #rows = 0;
  #failure: { readonly error: unknown } | undefined;
  #taken: Promise<void> = Promise.resolve();
  #waiting = 0;

  constructor(
    sql: string,
    take: (bytes: Buffer) => Promise<void> | void,
    resolve: (rows: number) => void,
    reject: (error: unknown) => void,
  ) {
    this.#sql = sql;
    this.#take = take;
    this.#resolve = resolve;
    this.#reject = reject;
  }

  submit(wire: Wire): void {
    wire.query(this.#sql);
  }

  /** The bytes stand in a buffer that pg uses again, so they are copied at once. */
  handleCopyData({ chunk }: { chunk: Buffer }, wire: Wire): void {
    this.#rows += 1;
    if (this.#filled + chunk.length > this.#batch.length) this.#handOn(wire);
    if (chunk.length > this.#batch.length) this.#batch = Buffer.allocUnsafe(chunk.length);
    chunk.copy(this.#batch, this.#filled);
    this.#filled += chunk.length;
  }

  handleCommandComplete(): void {}

  handleReadyForQuery(wire: Wire): void {
    this.#handOn(wire);
    void this.#taken.then(() => {
      if (this.#failure) this.#reject(this.#failure.error);
      else this.#resolve(this.#rows);
    });
  }

  handleError(error: unknown): void {
    void this.#taken.then(() => this.#reject(this.#failure?.error ?? error));
  }

  #handOn(wire: Wire): void {
    if (this.#filled === 0) return;
    const full = this.#batch;
    const bytes = full.subarray(0, this.#filled);
    this.#batch = this.#spare.pop() ?? Buffer.allocUnsafe(BATCH_BYTES);
    this.#filled = 0;
    this.#waiting += 1;
    wire.stream.pause();
    this.#taken = this.#taken
      .then(() => (this.#failure ? undefined : this.#take(bytes)))
      .catch((error: unknown) => {
        this.#failure ??= { error };
      })
      .then(() => {
        if (full.length === BATCH_BYTES) this.#spare.push(full);
        this.#waiting -= 1;
        if (this.#waiting === 0) wire.stream.resume();
      });
  }
}
