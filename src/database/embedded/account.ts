import { spawnSync } from 'node:child_process';
import { LotlineError } from '../../errors.ts';

/** The operating-system user whom PostgreSQL runs as; undefined means the user of this process. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
}

/** Whether this process is root, as whom PostgreSQL refuses to run. */
export function isRoot(): boolean {
  return process.getuid?.() === 0;
}

/**
 * The account that root hands PostgreSQL to: a system user `lotline` of its own, made when missing. Where no user
 * can be made (a read-only /etc), `postgres` or `nobody`. initdb insists on an account that has a name.
 * Throws LotlineError `NO_ACCOUNT`.
 */
export function accountForRoot(): Account {
  const own = lookUp('lotline') ?? create();
  const account = own ?? lookUp('postgres') ?? lookUp('nobody');
  if (account) return account;
  throw new LotlineError(
    'NO_ACCOUNT',
    'PostgreSQL does not run as root, and no other user could be found or made for it.',
    'Make a system user named lotline (useradd --system lotline), or run as an ordinary user.',
  );
}

/** Whether `account` may do what a shell test says with `path`: `x` enter or execute, `w` write. */
export function permits(account: Account, path: string, test: 'x' | 'w'): boolean {
  const run = spawnSync('/bin/sh', ['-c', `test -${test} "$1"`, 'sh', path], {
    ...account,
    cwd: '/',
    stdio: 'ignore',
  });
  return run.status === 0;
}

function lookUp(name: string): Account | undefined {
  const id = (flag: string) => {
    const run = spawnSync('id', [flag, name], { encoding: 'utf8' });
    return run.status === 0 ? Number(run.stdout) : undefined;
  };
  const uid = id('-u');
  const gid = id('-g');
  return uid === undefined || gid === undefined || uid === 0 ? undefined : { uid, gid };
}

function create(): Account | undefined {
  const commands = [
    'useradd --system --user-group --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin lotline',
    // BusyBox, as in Alpine
    'adduser -S -D -H -h /nonexistent -s /sbin/nologin lotline',
  ];
  for (const command of commands) {
    const [program = '', ...args] = command.split(' ');
    spawnSync(program, args, { stdio: 'ignore' });
    const account = lookUp('lotline');
    if (account) return account;
  }
  return undefined;
}
