import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** The executable that Prisma's CLI spawns. */
export const ENGINE_PATH = fileURLToPath(new URL('./schema-engine', import.meta.url));

type Answer = {
  id?: number;
  method?: string;
  params?: { content: string };
  result?: unknown;
  error?: { data: AnswerError };
};
export type AnswerError = { message: string; error_code?: string };

export type SpawnedEngine = {
  /** Sends one request; rejects with the error data of the answer. */
  call<T = unknown>(method: string, params: object): Promise<T>;
  /** What the engine asked to print, in order. */
  printed: string[];
  child: ChildProcess;
  /** Ends the input and resolves with the exit code. */
  stop(): Promise<number | null>;
};

/** Spawns the engine as Prisma's CLI does, with the same framing, to call it without the CLI's own start time. */
export function spawnEngine(
  datasource?: { url: string; shadowDatabaseUrl?: string },
  schemaFiles: string[] = [],
): SpawnedEngine {
  const args = schemaFiles.flatMap((file) => ['--datamodels', file]);
  if (datasource !== undefined) args.push('--datasource', JSON.stringify(datasource));
  const child = spawn(ENGINE_PATH, args, { stdio: ['pipe', 'pipe', 'ignore'] });
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const printed: string[] = [];
  const waiting = new Map<number, { resolve(value: never): void; reject(error: unknown): void }>();
  let sent = 0;
  const send = (message: object) => child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
  createInterface({ input: child.stdout }).on('line', (line) => {
    const { id, method, params, result, error } = JSON.parse(line) as Answer;
    if (method === 'print') {
      printed.push(params?.content ?? '');
      send({ id, result: {} });
      return;
    }
    const { resolve, reject } = waiting.get(id as number) ?? {};
    if (error === undefined) resolve?.(result as never);
    else reject?.(error.data);
  });
  child.once('exit', (code) => {
    for (const { reject } of waiting.values()) reject(new Error(`The engine ended with exit code ${code}.`));
  });
  return {
    child,
    printed,
    call: (method, params) => {
      sent += 1;
      send({ id: sent, method, params });
      return new Promise((resolve, reject) => waiting.set(sent, { resolve, reject }));
    },
    stop: () => {
      child.stdin.end();
      return exited;
    },
  };
}
