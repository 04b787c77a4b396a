import { connectTo } from '../../database/client.ts';
import { keyStore } from '../../database/connect.ts';
import { LotlineError } from '../../errors.ts';
import { type Rotation, rotateKeys } from '../../tenancy/index.ts';
import type { Command, ExitCode } from '../command.ts';
import { milliseconds } from '../duration.ts';
import { withSession } from '../session.ts';

/** Seconds that a signed context lives, and the one in which running processes read a new key. */
const SHORTEST = 301;

export const command: Command = {
  name: 'lotline keys rotate',
  summary:
    'Makes a new key for the contexts of tenants; the old one stays valid for a while. Nothing restarts.',
  options: {
    overlap: { type: 'string', value: '24h', help: 'how long the old key stays valid (24h)' },
    now: {
      type: 'boolean',
      help: 'end the old key at once, because it leaked; every context of it is refused',
    },
    json: { type: 'boolean', help: 'print one JSON object' },
  },
  exits: { 0: 'the new key signs' },
  run: ({ overlap, now, json }) => {
    const wanted = overlapOf(overlap, now);
    return withSession<ExitCode>(Boolean(json), async ({ config, database, progress }) => {
      const store = await keyStore(config, database);
      const client = await connectTo(database.urls.owner);
      try {
        const rotation = await rotateKeys({ client, store, overlap: wanted, onStep: progress.step });
        progress.done();
        if (json) console.log(JSON.stringify({ ok: true, ...rotation }, null, 2));
        else console.log(tell(rotation).join('\n'));
        return 0;
      } finally {
        await client.end();
      }
    });
  },
};

function overlapOf(overlap: string | boolean | undefined, now: string | boolean | undefined): number {
  if (now && overlap !== undefined) {
    throw new LotlineError('USAGE', '--now and --overlap exclude each other.', 'give one of them');
  }
  if (now) return 0;
  const length = milliseconds(typeof overlap === 'string' ? overlap : '24h', '--overlap');
  if (length >= SHORTEST * 1000) return length;
  throw new LotlineError(
    'USAGE',
    `--overlap: contexts that were just signed live for up to ${SHORTEST} seconds.`,
    'give 6m or more, or --now for a key that leaked',
  );
}

function tell({ id, outcome, retired, deleted, environment }: Rotation): string[] {
  const first = {
    rotated: `Key ${id} signs from now on.`,
    resumed: `Key ${id}, made by an earlier rotation, signs from now on.`,
    joined: `Key ${id} signs from now on; another rotation has just made it.`,
  }[outcome];
  return [
    first,
    ...retired.map((key) =>
      key.expiresAt > new Date()
        ? `Key ${key.id} is valid until ${key.expiresAt.toISOString()}.`
        : `Key ${key.id} has ended.`,
    ),
    ...(deleted.length > 0 ? [`Deleted, because they ended long ago: ${deleted.join(', ')}.`] : []),
    ...(environment
      ? ['', 'Set this where the application starts, and restart it before the old key ends:', '']
      : []),
    ...(environment ? [`LOTLINE_CONTEXT_KEY=${environment}`] : []),
  ];
}
