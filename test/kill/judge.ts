import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import type { Ledger } from './ledger.ts';

export interface Verdict {
  readonly what: string;
  readonly looked: number;
  /** Each one thing that is not as it was acknowledged. */
  readonly wrong: readonly string[];
}

/** Milliseconds that jobs have after the last start. */
const WITHIN = 60_000;

/**
 * Compares the ledger with the database, as a superuser, and with the stored files.
 * @param url of the database, as who sees every row
 * @param slug of the organization that the clients work in
 */
export async function judge(
  url: string,
  dataFolder: string,
  slug: string,
  ledger: Ledger,
): Promise<Verdict[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const named = await client.query<{ id: string }>('SELECT id FROM public.organizations WHERE slug = $1', [
      slug,
    ]);
    const organization = named.rows[0]!.id;
    const open = await settle(client);
    return [
      { what: 'jobs that have ended within 60 s', ...open },
      await contacts(client, organization, ledger),
      await logged(client, organization),
      await publications(client, organization, ledger),
      await runs(client),
      await files(client, organization, dataFolder, ledger),
      await keys(client),
    ];
  } finally {
    await client.end();
  }
}

async function settle(client: pg.Client): Promise<Omit<Verdict, 'what'>> {
  for (const until = Date.now() + WITHIN; ; await pause(250)) {
    const { rows } = await client.query<{ text: string; open: boolean }>(
      `SELECT name || ' ' || id || ' is ' || status AS text, finished_at IS NULL AND run_at <= now() + interval '10 seconds' AS open FROM queue.runs`,
    );
    const wrong = rows.filter((r) => r.open).map((r) => r.text);
    if (wrong.length === 0 || Date.now() > until) return { looked: rows.length, wrong };
  }
}

/** By a key, the values; a key may have several. */
function grouped<T>(rows: readonly T[], key: (row: T) => string): Map<string, T[]> {
  const found = new Map<string, T[]>();
  for (const row of rows) found.set(key(row), [...(found.get(key(row)) ?? []), row]);
  return found;
}

async function contacts(client: pg.Client, organization: string, ledger: Ledger): Promise<Verdict> {
  const { rows } = await client.query<{ id: string; name: string; notes: string | null }>(
    "SELECT id, name, notes FROM public.contacts WHERE organization_id = $1 AND name LIKE 'kill %'",
    [organization],
  );
  const there = grouped(rows, (r) => r.name);
  const wrong = ledger.contacts.flatMap(({ marker, id, notes, trying }) => {
    const found = there.get(marker) ?? [];
    if (found.length > 1) return [`${marker} is there ${found.length} times`];
    const [row] = found;
    if (id === undefined) return [];
    if (!row) return [`${marker} was acknowledged and is lost`];
    if (row.id !== id) return [`${marker} was acknowledged as ${id} and is ${row.id}`];
    const may = [notes ?? null, ...(trying === undefined ? [] : [trying])];
    return may.includes(row.notes)
      ? []
      : [`${marker} has the notes ${row.notes}, acknowledged were ${notes}`];
  });
  return {
    what: 'contacts: acknowledged and there, each once, as changed last',
    looked: ledger.contacts.length,
    wrong,
  };
}

async function logged(client: pg.Client, organization: string): Promise<Verdict> {
  const { rows } = await client.query<{ name: string; creates: number }>(
    `SELECT c.name, count(l.id)::integer AS creates FROM public.contacts c
     LEFT JOIN public.activity_logs l ON l.organization_id = c.organization_id AND l.resource_id = c.id
       AND l.action = 'contacts.create'
     WHERE c.organization_id = $1 AND c.name LIKE 'kill %' GROUP BY c.id, c.name`,
    [organization],
  );
  const { rows: orphans } = await client.query<{ text: string }>(
    `SELECT 'the log has a contact that is not there: ' || resource_id AS text FROM public.activity_logs l
     WHERE l.organization_id = $1 AND l.action = 'contacts.create'
       AND NOT EXISTS (SELECT FROM public.contacts c WHERE c.organization_id = $1 AND c.id = l.resource_id)`,
    [organization],
  );
  const wrong = rows
    .filter((r) => r.creates !== 1)
    .map((r) => `${r.name} has ${r.creates} entries of its making`);
  return {
    what: 'activity log: one entry for the making of each contact',
    looked: rows.length,
    wrong: [...wrong, ...orphans.map((o) => o.text)],
  };
}

async function publications(client: pg.Client, organization: string, ledger: Ledger): Promise<Verdict> {
  const { rows } = await client.query<{ title: string; status: string; told: number; published: number }>(
    `SELECT c.title, c.status::text, (SELECT count(*)::integer FROM public.notifications n
         WHERE n.organization_id = c.organization_id AND n.entity_id = c.id) AS told,
       (SELECT count(*)::integer FROM public.activity_logs l WHERE l.organization_id = c.organization_id
          AND l.resource_id = c.id AND l.new_data ->> 'status' = 'PUBLISHED') AS published
     FROM public.content c WHERE c.organization_id = $1 AND c.title LIKE 'kill %'`,
    [organization],
  );
  const there = grouped(rows, (r) => r.title);
  const wrong = ledger.pieces.flatMap(({ marker, id, scheduled }) => {
    const found = there.get(marker) ?? [];
    if (found.length > 1) return [`${marker} is there ${found.length} times`];
    const [row] = found;
    if (!row) return id === undefined ? [] : [`${marker} was acknowledged and is lost`];
    if (scheduled && row.status !== 'PUBLISHED') return [`${marker} was scheduled and is ${row.status}`];
    const times = row.status === 'PUBLISHED' ? 1 : 0;
    return row.told === times && row.published === times
      ? []
      : [`${marker} is ${row.status}, published ${row.published} times and told ${row.told} times`];
  });
  return { what: 'publications: each that was scheduled, once', looked: ledger.pieces.length, wrong };
}

async function runs(client: pg.Client): Promise<Verdict> {
  const { rows } = await client.query<{ text: string; wrong: boolean }>(
    `SELECT name || ' ' || id || ' is ' || status || coalesce(': ' || error, '') AS text,
       status IN ('RUNNING', 'FAILED') OR (status = 'QUEUED' AND run_at <= now()) AS wrong FROM queue.runs`,
  );
  return {
    what: 'runs of jobs: none failed, none left running',
    looked: rows.length,
    wrong: rows.filter((r) => r.wrong).map((r) => r.text),
  };
}

async function files(
  client: pg.Client,
  organization: string,
  dataFolder: string,
  ledger: Ledger,
): Promise<Verdict> {
  const { rows } = await client.query<{
    id: string;
    name: string;
    storage_key: string;
    sha256: string;
    state: string;
  }>(
    "SELECT id, name, storage_key, encode(sha256, 'hex') AS sha256, state FROM files.uploads WHERE organization_id = $1",
    [organization],
  );
  const byId = new Map(rows.map((r) => [r.id, r]));
  const lost = ledger.files.flatMap(({ id, marker, text }) => {
    if (id === undefined) return [];
    const row = byId.get(id);
    if (row?.state !== 'ready') return [`${marker} was acknowledged and is ${row?.state ?? 'lost'}`];
    return row.sha256 === hashOf(Buffer.from(text)) ? [] : [`${marker} is another file than was sent`];
  });
  const broken = rows.flatMap((row) => {
    // Bytes come after a row and go before it.
    if (row.state !== 'ready') return [];
    try {
      const stored = hashOf(readFileSync(join(dataFolder, 'files', row.storage_key)));
      return stored === row.sha256 ? [] : [`${row.name} has other bytes than its row says`];
    } catch {
      return [`${row.name} is ${row.state} and has no bytes`];
    }
  });
  return {
    what: 'files: acknowledged and there; no row without its bytes',
    looked: rows.length,
    wrong: [...lost, ...broken],
  };
}

const hashOf = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

async function keys(client: pg.Client): Promise<Verdict> {
  const { rows } = await client.query<{ open: boolean }>(
    'SELECT status IS NULL AS open FROM server.idempotency_keys',
  );
  const open = rows.filter((r) => r.open).length;
  return {
    what: 'idempotency keys: none without its answer',
    looked: rows.length,
    wrong: open > 0 ? [`${open} keys were taken and have no answer`] : [],
  };
}
