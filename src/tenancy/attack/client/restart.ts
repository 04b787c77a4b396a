import { setTimeout as pause } from 'node:timers/promises';
import { connectTo } from '../../../database/client.ts';
import { delegate, failureOf } from './any-client.ts';
import type { Asker } from './field.ts';
import { judgeClient } from './own-only.ts';
import type { ClientProbe } from './probe.ts';

/**
 * Kills a server process while calls run, after which PostgreSQL ends every session, recovers and starts again. The last
 * probe, since the sessions of the attack end too.
 */
export const restart: ClientProbe = {
  name: 'a server that crashes and recovers',
  async run(arena) {
    const { field } = arena;
    const [a, b] = field.askers as [Asker, Asker];
    const opened = arena.open({ connections: 2 });
    const rows = (asker: Asker) => delegate(opened.as(asker), field.subject.delegate);
    await Promise.all([a, b].map((asker) => judgeClient(arena, opened.as(asker), asker, 'before the kill')));
    const running = [
      failureOf(opened.as(a).$queryRawUnsafe('SELECT pg_sleep(5)::text')),
      failureOf(
        opened.as(b).$transaction(async (tx) => {
          await delegate(tx, field.subject.delegate).count();
          await tx.$queryRawUnsafe('SELECT pg_sleep(5)::text');
        }),
      ),
    ];
    let victim = 0;
    while (!arena.stopped()) {
      const { rows: found } = await field.superuser.query(
        "SELECT pid FROM pg_stat_activity WHERE application_name = $1 AND query LIKE '%pg_sleep%' AND state = 'active'",
        [opened.name],
      );
      victim = found[0]?.pid ?? 0;
      if (found.length === 2) break;
    }
    if (victim === 0) return;
    process.kill(victim, 'SIGKILL');
    for (const failure of await Promise.all(running)) {
      arena.checked();
      if (!['UNAVAILABLE', 'TIMEOUT'].includes(String(failure?.code)))
        arena.found(`a call during the kill gave ${failure?.code ?? 'an answer'}`);
    }
    arena.checked();
    const meanwhile = await failureOf(rows(a).findMany());
    if (meanwhile && meanwhile.code !== 'UNAVAILABLE')
      arena.found(`a call after the kill gave ${meanwhile.code}: ${meanwhile.message}`);
    for (let attempt = 0; attempt < 100 && !arena.stopped(); attempt += 1) {
      const client = await connectTo(field.superuserUrl).catch(() => pause(50));
      if (!client) continue;
      await client.end();
      break;
    }
    for (const asker of [b, a]) await judgeClient(arena, opened.as(asker), asker, 'after the restart');
  },
};
