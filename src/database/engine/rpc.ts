import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';

type Id = number | string;
type Message = { id?: Id; method?: string; params?: Record<string, unknown>; result?: unknown };

/** JSON-RPC's code for an error that the method itself reports. */
const METHOD_ERROR = 4466;

/** An error as Prisma's CLI reads it. */
export type ErrorData = {
  is_panic: boolean;
  message: string;
  error_code?: string;
  meta: Record<string, unknown>;
};

export type Handlers = {
  /** Runs one request; `ask` sends a request the other way and resolves with its answer. */
  call(method: string, params: Record<string, unknown>, ask: Ask): Promise<unknown>;
  toErrorData(error: unknown): ErrorData;
};

export type Ask = (method: string, params: Record<string, unknown>) => Promise<unknown>;

/**
 * Serves JSON-RPC 2.0, one message a line, one request after the other, until the input ends.
 * Resolves when the last answer is written.
 */
export async function serveJsonRpc(input: Readable, output: Writable, handlers: Handlers): Promise<void> {
  const waiting = new Map<Id, (result: unknown) => void>();
  let asked = 0;
  let last: Promise<void> = Promise.resolve();
  const send = (message: object) => output.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
  const ask: Ask = (method, params) => {
    asked += 1;
    const id = `engine-${asked}`;
    send({ id, method, params });
    return new Promise((resolve) => waiting.set(id, resolve));
  };
  const answer = async ({ id, method = '', params = {} }: Message) => {
    try {
      send({ id, result: (await handlers.call(method, params, ask)) ?? null });
    } catch (error) {
      const data = handlers.toErrorData(error);
      const message = 'An error happened. Check the data field for details.';
      send({ id, error: { code: METHOD_ERROR, message, data } });
    }
  };
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line.trim() === '') continue;
    const message = JSON.parse(line) as Message;
    if (message.method !== undefined) last = last.then(() => answer(message));
    else if (message.id !== undefined) {
      waiting.get(message.id)?.(message.result);
      waiting.delete(message.id);
    }
  }
  await last;
}
