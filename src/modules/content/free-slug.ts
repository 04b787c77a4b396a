import type { Db } from '../../db.ts';
import { Refusal } from '../../errors.ts';
import { firstFree, SLUG, SLUG_LENGTH } from './slug.ts';

/**
 * A slug that no content of the organization has. Holds a lock until the transaction ends, so that of two pieces with one
 * title at once the second sees the slug of the first; where somebody writes past this lock, the unique constraint
 * decides and `createContent` tries the next.
 */
export async function freeSlug(db: Db, slug: string): Promise<string> {
  await lockSlugs(db);
  // Titles seldom repeat, and the key finds this at once; what follows reads all slugs of the organization.
  if (!(await db.content.findFirst({ where: { slug }, select: { id: true } }))) return slug;
  // Numbered slugs may be shortened at their end, so the beginning is what they have in common.
  const stem = slug.slice(0, SLUG_LENGTH - 12).replace(/-$/, '');
  const rows = await db.$queryRaw<{ slug: string }[]>`
    SELECT slug FROM content WHERE starts_with(slug, ${stem})`;
  return firstFree(slug, new Set(rows.map((row) => row.slug)));
}

/**
 * Refuses a slug that a person chose and other content has.
 * @param own id of the content that may have it
 * @throws Refusal `SLUG_TAKEN`, `SLUG_FORMAT`
 */
export async function requireFreeSlug(db: Db, slug: string, own?: string): Promise<void> {
  if (!SLUG.test(slug) || slug.length > SLUG_LENGTH)
    throw fault('invalid', 'SLUG_FORMAT', 'A slug is of a-z, 0-9 and single hyphens.', 'E.g. "about-us".');
  const free = await freeSlug(db, slug);
  if (free === slug) return;
  const holder = await db.content.findFirst({ where: { slug }, select: { id: true } });
  if (holder?.id === own) return;
  throw fault('conflict', 'SLUG_TAKEN', `Other content has the slug "${slug}".`, `"${free}" is free.`);
}

/** One lock per organization, whatever the slug: a number behind one slug may be another's own. */
async function lockSlugs(db: Db): Promise<void> {
  await db.$queryRaw`
    SELECT 1 AS locked FROM pg_advisory_xact_lock(hashtextextended(${`content slugs ${db.$tenant.organizationId}`}, 0))`;
}

const fault = (kind: 'invalid' | 'conflict', code: string, message: string, hint: string) =>
  new Refusal(kind, code, message, hint, { fields: [{ field: 'slug', code, message }] });
