import { z } from '../../http/index.ts';

/** An id as PostgreSQL takes it; ids of seeded records are of version 8. */
export const id = z.guid();

/** A page of a list that is read by cursor. */
export const paging = {
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(200).optional().describe('What the page before gave as `next`.'),
};

/** A page of such records. */
export const pageSchema = (item: z.ZodType) =>
  z.object({ items: z.array(item), next: z.string().nullable().describe('Null on the last page.') });

/** A moment with its offset, `2026-03-29T02:30:00Z`. */
export const moment = z.iso.datetime({ offset: true }).transform((text) => new Date(text));
