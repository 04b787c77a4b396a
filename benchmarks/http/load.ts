import { connect, type Socket } from 'node:net';

export interface LoadResult {
  /** Answers a second. */
  readonly throughput: number;
  /** Milliseconds. */
  readonly median: number;
  readonly p99: number;
  readonly answers: number;
  readonly failures: number;
}

/** One request of a load, without the headers that belong to the connection. */
export interface Asked {
  readonly method?: 'GET' | 'POST';
  /** Path and query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/**
 * Sends requests in turn over `connections` kept-alive connections for `seconds`. Sockets and a length, no HTTP library: the
 * less the asking costs, the more of the machine is left to what is measured.
 */
export async function load(
  origin: string,
  asked: readonly Asked[],
  connections: number,
  seconds: number,
): Promise<LoadResult> {
  const { hostname, port, host } = new URL(origin);
  const requests = asked.map((one) => written(one, host));
  let next = 0;
  const sockets = await Promise.all(
    Array.from({ length: connections }, async () => {
      const socket = connect(Number(port), hostname);
      socket.setNoDelay(true);
      await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('error', reject));
      return { socket, answer: reader(socket) };
    }),
  );
  try {
    return await underLoad(connections, seconds, async (lane) => {
      const { socket, answer } = sockets[lane]!;
      socket.write(requests[next++ % requests.length]!);
      return Math.floor((await answer()) / 100) === 2;
    });
  } finally {
    for (const { socket } of sockets) socket.destroy();
  }
}

/** Does `work` over and over in as many lanes at once, for `seconds`. It tells whether it succeeded. */
export async function underLoad(
  lanes: number,
  seconds: number,
  work: (lane: number) => Promise<boolean>,
): Promise<LoadResult> {
  const times: number[] = [];
  let failures = 0;
  const started = performance.now();
  const until = started + seconds * 1000;
  await Promise.all(
    Array.from({ length: lanes }, async (_, lane) => {
      for (let at = performance.now(); at < until; at = performance.now()) {
        if (!(await work(lane))) failures += 1;
        times.push(performance.now() - at);
      }
    }),
  );
  const elapsed = (performance.now() - started) / 1000;
  times.sort((a, b) => a - b);
  const at = (share: number) =>
    times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? Number.NaN;
  return {
    throughput: times.length / elapsed,
    median: at(0.5),
    p99: at(0.99),
    answers: times.length,
    failures,
  };
}

function written({ method = 'GET', path, headers, body }: Asked, host: string): Buffer {
  const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
  const head = Object.entries({ host, ...headers, ...length }).map(
    ([name, value]) => `${name}: ${value}\r\n`,
  );
  return Buffer.from(`${method} ${path} HTTP/1.1\r\n${head.join('')}\r\n${body ?? ''}`);
}

/** Reads one answer after the other: its status, once its body is here. */
function reader(socket: Socket): () => Promise<number> {
  const chunks: Buffer[] = [];
  let held = 0;
  let wake: (() => void) | undefined;
  let broken: Error | undefined;
  socket.on('data', (chunk) => {
    chunks.push(chunk);
    held += chunk.length;
    wake?.();
  });
  const end = (error?: Error) => {
    broken = error ?? new Error('the server closed a connection');
    wake?.();
  };
  socket.on('error', end).on('close', () => end());
  const more = () =>
    new Promise<void>((resolve) => {
      wake = resolve;
    });
  return async () => {
    let status = 0;
    let all = Number.POSITIVE_INFINITY;
    for (;;) {
      if (status === 0 && held > 0) {
        const head = Buffer.concat(chunks.splice(0));
        chunks.push(head);
        const end = head.indexOf('\r\n\r\n');
        if (end >= 0) {
          const text = head.toString('latin1', 0, end);
          const length = Number(/\r\ncontent-length: (\d+)/i.exec(text)?.[1]);
          if (Number.isNaN(length)) throw new Error(`no length in: ${text}`);
          all = end + 4 + length;
          status = Number(text.slice(9, 12));
        }
      }
      if (held >= all) {
        // One answer at a time: nothing of the next is here yet.
        chunks.length = 0;
        held = 0;
        return status;
      }
      if (broken) throw broken;
      await more();
    }
  };
}
