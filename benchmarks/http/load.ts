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

/**
 * Asks the same thing over `connections` kept-alive connections for `seconds`. Sockets and a length, no HTTP library: the
 * less the asking costs, the more of the machine is left to what is measured.
 */
export async function load(
  url: string,
  headers: Record<string, string>,
  connections: number,
  seconds: number,
): Promise<LoadResult> {
  const { hostname, port, pathname, search, host } = new URL(url);
  const head = Object.entries({ host, ...headers }).map(([name, value]) => `${name}: ${value}\r\n`);
  const request = Buffer.from(`GET ${pathname}${search} HTTP/1.1\r\n${head.join('')}\r\n`);
  const times: number[] = [];
  let failures = 0;
  const started = performance.now();
  const until = started + seconds * 1000;
  await Promise.all(
    Array.from({ length: connections }, async () => {
      const socket = connect(Number(port), hostname);
      socket.setNoDelay(true);
      await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('error', reject));
      const answers = reader(socket);
      while (performance.now() < until) {
        const at = performance.now();
        socket.write(request);
        const status = await answers();
        times.push(performance.now() - at);
        if (status !== 200) failures += 1;
      }
      socket.destroy();
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

/** Reads one answer after the other: its status, once its body is here. */
function reader(socket: Socket): () => Promise<number> {
  let held = Buffer.alloc(0);
  let wake: (() => void) | undefined;
  let broken: Error | undefined;
  socket.on('data', (chunk) => {
    held = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
    wake?.();
  });
  socket.on('error', (error) => {
    broken = error;
    wake?.();
  });
  const more = () =>
    new Promise<void>((resolve) => {
      wake = resolve;
    });
  return async () => {
    for (;;) {
      if (broken) throw broken;
      const end = held.indexOf('\r\n\r\n');
      if (end >= 0) {
        const head = held.toString('latin1', 0, end);
        const length = Number(/\r\ncontent-length: (\d+)/i.exec(head)?.[1]);
        if (Number.isNaN(length)) throw new Error(`no length in: ${head}`);
        const all = end + 4 + length;
        if (held.length >= all) {
          held = held.subarray(all);
          return Number(head.slice(9, 12));
        }
      }
      await more();
    }
  };
}
