import { createHash } from 'node:crypto';
import type { ClientBase } from 'pg';
import { readGenerated } from '../../../src/tenancy/index.ts';
import { root } from '../../support/keys.ts';

/** What only one organization may see: ids and texts that stand in its rows and in nobody else's. */
export interface Secrets {
  readonly ids: ReadonlySet<string>;
  readonly texts: ReadonlySet<string>;
  /** The first that an answer tells, apart from what the request itself says. */
  toldBy(answer: string, request: string): string | undefined;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const UUIDS = new RegExp(UUID.source.slice(1, -1), 'g');
/** Shorter texts may be anybody's. */
const LEAST = 12;
/** Tables that no model declares, with rows of organizations. */
const BESIDE = ['auth.api_keys', 'auth.invitations', 'files.uploads', 'queue.runs'];

/** @param client row security does not hide from it whose rows are whose */
export async function secretsOf(client: ClientBase, organization: string): Promise<Secrets> {
  const own = new Set<string>([organization]);
  const others = new Set<string>();
  for (const { table, tenant } of tables()) {
    const { rows } = await client.query(
      `SELECT to_jsonb(t) AS row, ${tenant ?? 'NULL::uuid'} AS tenant FROM ${table} AS t`,
    );
    for (const { row, tenant: whose } of rows) gather(row, whose === organization ? own : others);
  }
  const only = [...own].filter((text) => !others.has(text));
  const ids = new Set(only.filter((text) => UUID.test(text)));
  const texts = new Set(only.filter((text) => !UUID.test(text)));
  return {
    ids,
    texts,
    toldBy: (answer, request) => {
      for (const id of answer.match(UUIDS) ?? []) if (ids.has(id) && !request.includes(id)) return id;
      for (const text of leavesOf(answer)) if (texts.has(text) && !request.includes(text)) return text;
      return undefined;
    },
  };
}

/** Every row of an organization, hashed by table: equal before and after where nobody changed anything. */
export async function stateOf(client: ClientBase, organization: string): Promise<Record<string, string>> {
  const state: Record<string, string> = {};
  for (const { table, tenant } of tables()) {
    if (!tenant) continue;
    // That a key was used is noted beside it.
    const { rows } = await client.query({
      text: `SELECT (to_jsonb(t) - 'last_used_at')::text FROM ${table} AS t WHERE ${tenant} = $1 ORDER BY 1`,
      values: [organization],
      rowMode: 'array',
    });
    state[table] = createHash('sha256').update(JSON.stringify(rows)).digest('hex');
  }
  return state;
}

let known: ReturnType<typeof readTables> | undefined;

function tables() {
  known ??= readTables();
  return known;
}

function readTables(): { table: string; tenant: string | undefined }[] {
  const { models } = readGenerated(root).boundary;
  return [
    ...models.map((m) => ({
      table: `public.${m.table}`,
      // What is in the catalogue is for everybody.
      tenant: m.scope === 'tenant-root' ? 'id' : m.scope === 'catalogue' ? undefined : m.tenantColumn,
    })),
    ...BESIDE.map((table) => ({ table, tenant: 'organization_id' })),
  ];
}

function gather(value: unknown, into: Set<string>): void {
  if (typeof value === 'string') {
    // Times and numbers are nobody's secret.
    if (value.length >= LEAST && !/^[\d\s:.+TZ-]*$/.test(value)) into.add(value);
  } else if (typeof value === 'object' && value !== null)
    for (const inner of Object.values(value)) gather(inner, into);
}

/** The texts of an answer: the strings of its JSON, of each line of NDJSON, or the cells of CSV. */
function leavesOf(answer: string): Set<string> {
  const leaves = new Set<string>();
  for (const part of [answer, ...(answer.includes('\n') ? answer.split('\n') : [])]) {
    try {
      gather(JSON.parse(part), leaves);
    } catch {
      for (const cell of part.split(/[",\n\r]+/)) if (cell.length >= LEAST) leaves.add(cell);
    }
  }
  return leaves;
}
