import type pg from 'pg';
import { announce } from './runs.ts';

/**
 * Enqueues a job without input, as the system, for each of these organizations.
 * @param client as lotline_platform
 * @param slugs unknown and archived ones are passed over
 * @returns the ids of the runs
 */
export async function enqueueFor(
  client: pg.ClientBase,
  name: string,
  slugs: readonly string[],
): Promise<string[]> {
  const { rows } = await client.query<{ id: string }>(
    `INSERT INTO queue.runs (organization_id, name, input)
     SELECT id, $1, '{}' FROM public.organizations WHERE slug = ANY ($2) AND archived_at IS NULL RETURNING id`,
    [name, slugs],
  );
  for (const { id } of rows) await announce(client, id);
  return rows.map((r) => r.id);
}
