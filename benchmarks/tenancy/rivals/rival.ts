import { PAGE, tenantOf } from '../contenders.ts';
import type { Contender } from '../rounds.ts';
import type { World } from '../world.ts';

/** Another way to ask for the first 20 contacts of a tenant by name, with connections of its own. */
export interface Rival extends Contender {
  /** The rows as this way gives them, all columns under the model's names. */
  run(index: number): Promise<Page>;
  stop(): Promise<void>;
}

export type Page = readonly Record<string, unknown>[];

const COLUMNS = 20;

/**
 * Whether a rival does the work that is compared: for a few tenants, twice each, so that a prepared statement is met again.
 * @throws Error where a page lacks rows, columns or the order, or holds another tenant's rows
 */
export async function assertPages(rival: Rival, world: World): Promise<void> {
  for (const index of [0, 1, 2, 0, 1, 2]) {
    const organizationId = tenantOf(world, index);
    const { rows: expected } = await world.superuser.query(
      'SELECT id, created_at FROM contacts WHERE organization_id = $1 ORDER BY name LIMIT $2',
      [organizationId, PAGE.take],
    );
    const page = await rival.run(index);
    const wrong = page.filter(
      (row, i) =>
        Object.keys(row).length !== COLUMNS ||
        row.organizationId !== organizationId ||
        row.id !== expected[i]?.id ||
        (row.createdAt as Date).getTime() !== expected[i]?.created_at.getTime(),
    );
    if (page.length !== expected.length || expected.length !== PAGE.take || wrong.length > 0)
      throw new Error(
        `${rival.name} gave ${page.length} rows of ${expected.length}, ${wrong.length} of them wrong: ${JSON.stringify(wrong[0])}`,
      );
  }
}
