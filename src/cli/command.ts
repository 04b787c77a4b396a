import { type ParseArgsConfig, parseArgs } from 'node:util';
import { explain, LotlineError } from '../errors.ts';

type Options = NonNullable<ParseArgsConfig['options']>;

/** How a command ends: 0 done and in order, 1 not in order, 2 wrong use, 3 database out of reach. */
export type ExitCode = 0 | 1 | 2 | 3;

/** A command for the shell. The work itself is a function of its own that tests and other programs call. */
export interface Command {
  /** As npm knows it: `db:apply`. */
  readonly name: string;
  readonly summary: string;
  /** Option → what it does. `--help` is there always. */
  readonly options: Readonly<
    Record<string, Options[string] & { readonly help: string; readonly value?: string }>
  >;
  /** What the exit codes mean for this command, beyond the common ones. */
  readonly exits?: Partial<Record<ExitCode, string>>;
  /** Runs with the parsed options, prints, gives the exit code. */
  run(values: Readonly<Record<string, string | boolean | undefined>>): Promise<ExitCode>;
}

// Codes of errors that mean "the database cannot be reached" or "this was called wrongly".
const UNREACHABLE = /^(DATABASE_|SERVER_|EMBEDDED_|PORT_|POSTGRES_|BINARIES_|DISK_|DATA_FOLDER_)/;
const MISUSE = /^(CONFIG_|USAGE|MIGRATION_NAME|ENVIRONMENT_)/;

/** Parses the arguments, answers --help, runs the command, and sets the exit code of the process. */
export async function runCommand(
  command: Command,
  argv: readonly string[] = process.argv.slice(2),
): Promise<void> {
  const json = argv.includes('--json');
  try {
    const values = parse(command, argv);
    process.exitCode = values.help ? help(command) : await command.run(values);
  } catch (error) {
    process.exitCode = exitCodeOf(error);
    if (json) console.log(JSON.stringify({ ok: false, error: errorObject(error) }, null, 2));
    else console.error(`${command.name}: ${explain(error)}`);
  }
}

function parse(command: Command, argv: readonly string[]) {
  const options: Options = { help: { type: 'boolean', short: 'h' } };
  for (const [name, { type, short }] of Object.entries(command.options))
    options[name] = { type, ...(short ? { short } : {}) };
  try {
    const { values } = parseArgs({ args: [...argv], options, allowPositionals: false, strict: true });
    return values as Record<string, string | boolean | undefined>;
  } catch (error) {
    throw new LotlineError(
      'USAGE',
      (error as Error).message,
      `npm run ${command.name} -- --help shows what it takes`,
      { cause: error },
    );
  }
}

function help(command: Command): ExitCode {
  const rows: [string, string][] = Object.entries(command.options).map(([name, o]) => [
    `--${name}${o.type === 'string' ? ` <${o.value ?? 'value'}>` : ''}`,
    o.help,
  ]);
  rows.push(['--help', 'show this']);
  const width = Math.max(...rows.map(([left]) => left.length));
  const exits: Record<ExitCode, string> = {
    0: 'done and in order',
    1: 'not in order: a finding or a failed step',
    2: 'wrong use: options or settings',
    3: 'the database cannot be reached',
    ...command.exits,
  };
  console.log(`${command.summary}

  npm run ${command.name}${rows.length > 1 ? ' -- [options]' : ''}

Options
${rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`).join('\n')}

Exit codes
${Object.entries(exits)
  .map(([code, text]) => `  ${code}  ${text}`)
  .join('\n')}`);
  return 0;
}

function exitCodeOf(error: unknown): ExitCode {
  if (!(error instanceof LotlineError)) return 1;
  if (MISUSE.test(error.code)) return 2;
  return UNREACHABLE.test(error.code) ? 3 : 1;
}

function errorObject(error: unknown) {
  if (error instanceof LotlineError) return { code: error.code, message: error.message, hint: error.hint };
  return { code: 'UNEXPECTED', message: error instanceof Error ? error.message : String(error) };
}
