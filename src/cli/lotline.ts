import { readdirSync } from 'node:fs';
import { type Command, runCommand } from './command.ts';

/**
 * `lotline <command>`: every file in the folder `lotline/` is a command, called by the words of its name:
 * `tenant-export.ts` is `lotline tenant export`.
 */
const folder = new URL('./lotline/', import.meta.url);

async function load(stem: string): Promise<Command> {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  const module: { command: Command } = await import(new URL(`${stem}.${extension}`, folder).href);
  return module.command;
}

async function main(argv: readonly string[]): Promise<void> {
  const stems = readdirSync(folder)
    .filter((f) => /^[a-z-]+\.(ts|js)$/.test(f))
    .map((f) => f.replace(/\.(ts|js)$/, ''))
    .sort();
  for (const words of [2, 1]) {
    const stem = argv.slice(0, words).join('-');
    if (argv.length >= words && stems.includes(stem)) return runCommand(await load(stem), argv.slice(words));
  }
  const asked = argv.length === 0 || ['--help', '-h', 'help'].includes(argv.at(-1)!);
  // `lotline tenant` shows what begins so.
  const group = stems.filter((stem) => stem.startsWith(`${argv[0]}-`));
  const commands = await Promise.all((group.length > 0 ? group : stems).map(load));
  const width = Math.max(...commands.map((c) => c.name.length));
  const list = commands.map((c) => `  ${c.name.padEnd(width)}  ${c.summary}`).join('\n');
  const print = asked ? console.log : console.error;
  if (!asked && (group.length === 0 || argv.length > 1))
    print(`lotline: there is no command "${argv.slice(0, 2).join(' ')}"\n`);
  print(`Commands\n${list}\n\n  npx lotline <command> --help shows what a command takes`);
  process.exitCode = asked ? 0 : 2;
}

await main(process.argv.slice(2));
