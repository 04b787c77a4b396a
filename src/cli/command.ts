import { type ParseArgsConfig, parseArgs } from 'node:util';
import { explain, LotlineError } from '../errors.ts';

type Options = NonNullable<ParseArgsConfig['options']>;

/** How a command ends: 0 done and in order, 1 not in order, 2 wrong use, 3 database out of reach. */
export type ExitCode = 0 | 1 | 2 | 3;

/** A command for the shell. The work itself is a function of its own that tests and other programs call. */
export interface Command {
  /** As npm knows it, `db:apply`, or with its program: `lotline tenant export`. */
  readonly name: string;
  readonly summary: string;
  /** What is given without a flag, in order. The last may be left out where it is not required. */
  readonly positionals?: readonly {
    readonly name: string;
    readonly help: string;
    readonly required?: boolean;
  }[];
  /** Option → what it does. `--help` is there always. */
  readonly options: Readonly<
    Record<string, Options[string] & { readonly help: string; readonly value?: string }>
  >;
  /** What the exit codes mean for this command, beyond the common ones. */
  readonly exits?: Partial<Record<ExitCode, string>>;
  /** Runs with the parsed options and positionals, all by name; prints, gives the exit code. */
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
  const wanted = command.positionals ?? [];
  try {
    const { values, positionals } = parseArgs({
      args: [...argv],
      options,
      allowPositionals: wanted.length > 0,
      strict: true,
    });
    if (positionals.length > wanted.length)
      throw new TypeError(`"${positionals[wanted.length]}" is more than the command takes`);
    const missing = wanted.find((p, i) => p.required && positionals[i] === undefined);
    if (missing && !values.help) throw new TypeError(`<${missing.name}> is missing: ${missing.help}`);
    const named = wanted.map(({ name }, i) => [name, positionals[i]] as const);
    return { ...values, ...Object.fromEntries(named) } as Record<string, string | boolean | undefined>;
  } catch (error) {
    throw new LotlineError(
      'USAGE',
      (error as Error).message,
      `${callOf(command, '--help')} shows what it takes`,
      {
        cause: error,
      },
    );
  }
}

/** The command as it is typed: `npm run db:apply -- --json`, `npx lotline tenant stats --json`. */
function callOf({ name }: Command, rest = ''): string {
  if (name.startsWith('lotline')) return `npx ${name}${rest && ` ${rest}`}`;
  return `npm run ${name}${rest && ` -- ${rest}`}`;
}

function help(command: Command): ExitCode {
  const rows: [string, string][] = Object.entries(command.options).map(([name, o]) => [
    `--${name}${o.type === 'string' ? ` <${o.value ?? 'value'}>` : ''}`,
    o.help,
  ]);
  rows.push(['--help', 'show this']);
  const taken = (command.positionals ?? []).map(
    (p) => [p.required ? `<${p.name}>` : `[${p.name}]`, p.help] as [string, string],
  );
  const width = Math.max(...[...taken, ...rows].map(([left]) => left.length));
  const lines = (list: [string, string][]) =>
    list.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`).join('\n');
  const exits: Record<ExitCode, string> = {
    0: 'done and in order',
    1: 'not in order: a finding or a failed step',
    2: 'wrong use: options or settings',
    3: 'the database cannot be reached',
    ...command.exits,
  };
  console.log(`${command.summary}

  ${callOf(command, [...taken.map(([left]) => left), ...(rows.length > 1 ? ['[options]'] : [])].join(' '))}
${taken.length > 0 ? `\nArguments\n${lines(taken)}\n` : ''}
Options
${lines(rows)}

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
