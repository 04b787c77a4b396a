import type { Db } from '../../db.ts';
import { Refusal } from '../../errors.ts';
import type { Content } from '../../generated/prisma/client.ts';

/**
 * Locks content until the transaction ends and gives it as it then is, so that steps and changes of one piece happen one
 * after the other.
 * @throws Refusal `CONTENT_UNKNOWN`
 */
export async function lockContent(db: Db, id: string): Promise<Content> {
  const rows = await db.$queryRaw<object[]>`SELECT 1 AS one FROM content WHERE id = ${id}::uuid FOR UPDATE`;
  const found = rows.length > 0 && (await db.content.findFirst({ where: { id } }));
  if (found) return found;
  throw new Refusal(
    'missing',
    'CONTENT_UNKNOWN',
    'There is no such content.',
    'Check its id; it may be deleted.',
  );
}

export const keyOf = (db: Db, id: string) => ({
  organizationId_id: { organizationId: db.$tenant.organizationId, id },
});
