// What Prisma's CLI runs in place of its native schema engine: see `schema-engine` beside this file.
import { LotlineError } from '../../errors.ts';
import { readArguments } from './arguments.ts';
import { Engines } from './engine.ts';
import { EngineFault } from './fault.ts';
import { logError, logInfo, writeLog } from './log.ts';
import { callMethod, type Params } from './methods.ts';
import { catchPanics } from './panic.ts';
import { type ErrorData, serveJsonRpc } from './rpc.ts';
import { canConnect, createDatabase, dropDatabase } from './server-commands.ts';

const SERVER_COMMANDS: Record<string, (url: string) => Promise<string>> = {
  'can-connect-to-database': canConnect,
  'create-database': async (url) => `Database '${await createDatabase(url)}' was successfully created.`,
  'drop-database': dropDatabase,
};

/** Exit codes are the native engine's: 0 done, 1 error. */
async function main(argv: string[]): Promise<number> {
  const options = readArguments(argv);
  if (options.version) {
    process.stdout.write(`schema-engine-cli wasm ${process.version}\n`);
    return 0;
  }
  // Prisma's CLI skips the first log line.
  logInfo('Starting schema engine');
  return options.command[0] === 'cli' ? runServerCommand(options) : serve(options);
}

async function runServerCommand({ command, url }: ReturnType<typeof readArguments>): Promise<number> {
  try {
    const run = SERVER_COMMANDS[command[1] ?? ''];
    if (run === undefined) throw new EngineFault(undefined, `Unknown sub-command: ${command.join(' ')}`);
    logInfo(await run(url ?? ''));
    return 0;
  } catch (error) {
    const { message, error_code } = toErrorData(error);
    logError(message, error_code);
    return 1;
  }
}

async function serve(options: ReturnType<typeof readArguments>): Promise<number> {
  const orPanic = catchPanics();
  const engines = new Engines(options, writeLog);
  const stop = () => void engines.close().finally(() => process.exit(0));
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  await serveJsonRpc(process.stdin, process.stdout, {
    call: (method, params, ask) =>
      orPanic(
        callMethod(engines, method, params as Params, options.url, async (content) => {
          await ask('print', { content });
        }),
      ),
    toErrorData,
  });
  await engines.close();
  return 0;
}

function toErrorData(error: unknown): ErrorData {
  if (error instanceof LotlineError) {
    return { is_panic: false, message: `${error.message}\n\n${error.hint}`, meta: { code: error.code } };
  }
  const { code, message } =
    error instanceof Error ? (error as { code?: string; message: string }) : { message: String(error) };
  const meta = error instanceof EngineFault ? error.meta : {};
  // Only Prisma's own codes are for the CLI; a server's five-digit code would be shown as one of them.
  return { is_panic: false, message, meta, ...(code && /^P\d{4}$/.test(code) && { error_code: code }) };
}

process.exitCode = await main(process.argv.slice(2));
process.exit();
