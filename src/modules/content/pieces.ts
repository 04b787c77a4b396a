import { type Db, inTransaction } from '../../db.ts';
import { Refusal } from '../../errors.ts';
import type { Content, Prisma } from '../../generated/prisma/client.ts';
import type { ContentType } from '../../generated/prisma/enums.ts';
import { TenancyError } from '../../tenancy/index.ts';
import { requireFreeSlug } from './free-slug.ts';
import { keyOf, lockContent } from './lock.ts';
import { contentRules } from './rules.ts';
import { SETTLED } from './status.ts';
import { requireSoundText } from './text.ts';

export interface Text {
  readonly title: string;
  readonly content: string;
  readonly excerpt?: string | null | undefined;
  readonly seoMeta?: Prisma.InputJsonObject | undefined;
}

/**
 * Makes a draft, by the rules that the data API applies. Each call makes one; several at once with one title get slugs with
 * different numbers, also beside somebody who writes past the rules: then the unique constraint refuses, and the next
 * number is tried.
 * @throws Refusal `SLUG_TAKEN`, `SLUG_FORMAT`, `SEO_META`, `CONTENT_TOO_LARGE`
 */
export async function createContent(
  db: Db,
  input: Text & { readonly contentType: ContentType; readonly slug?: string },
): Promise<Content> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await inTransaction(db, async (tx) => {
        const data = await contentRules.create!(tx, { ...input });
        return tx.content.create({ data: data as Prisma.ContentUncheckedCreateInput });
      });
    } catch (error) {
      const taken = error instanceof TenancyError && error.code === 'CONFLICT';
      if (!taken || input.slug !== undefined || attempt === 5) throw error;
    }
  }
}

/** What a revision did to the address. */
export interface Revised {
  readonly content: Content;
  /** The slug it had; null where it stays. Addresses with it lead nowhere from now on: redirects are not kept. */
  readonly formerSlug: string | null;
}

/**
 * Changes approved, scheduled or published content in place, for who may publish. A new slug of published content breaks the
 * addresses that others hold, so it needs `breakLinks`. Twice gives the same; half: one transaction.
 * @throws Refusal `CONTENT_UNKNOWN`, `NOT_SETTLED`, `LINKS_WOULD_BREAK`, `SLUG_TAKEN`, `SLUG_FORMAT`, `SEO_META`,
 *   `CONTENT_TOO_LARGE`
 */
export function reviseContent(
  db: Db,
  input: Partial<Text> & {
    readonly contentId: string;
    readonly slug?: string | undefined;
    readonly breakLinks?: boolean;
  },
): Promise<Revised> {
  const { contentId, slug, breakLinks = false, ...text } = input;
  return inTransaction(db, async (tx) => {
    const before = await lockContent(tx, contentId);
    if (!SETTLED.includes(before.status)) throw notSettled(before);
    requireSoundText(text as Record<string, unknown>);
    const moves = slug !== undefined && slug !== before.slug;
    if (moves) {
      if (before.status === 'PUBLISHED' && !breakLinks) throw linksWouldBreak();
      await requireFreeSlug(tx, slug, before.id);
    }
    const data = { ...text, ...(moves ? { slug } : {}) } as Prisma.ContentUncheckedUpdateInput;
    const content = await tx.content.update({ where: keyOf(tx, before.id), data });
    return { content, formerSlug: moves ? before.slug : null };
  });
}

const notSettled = ({ status }: Content) =>
  new Refusal(
    'conflict',
    'NOT_SETTLED',
    `Content that is ${status} is not approved yet, or not any more.`,
    'Change it like any other record.',
  );

function linksWouldBreak(): Refusal {
  const message = 'Addresses with the old slug would lead nowhere: redirects are not kept.';
  return new Refusal('conflict', 'LINKS_WOULD_BREAK', message, 'Send "breakLinks": true if that is meant.', {
    fields: [{ field: 'slug', code: 'LINKS_WOULD_BREAK', message }],
  });
}
