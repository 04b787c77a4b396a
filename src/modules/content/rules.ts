import type { Db } from '../../db.ts';
import { Refusal } from '../../errors.ts';
import type { ModelRules, Values } from '../../http/index.ts';
import { actingPerson } from '../workspace/index.ts';
import { freeSlug, requireFreeSlug } from './free-slug.ts';
import { lockContent } from './lock.ts';
import { slugOf } from './slug.ts';
import { DELETABLE, SETTLED } from './status.ts';
import { requireSoundText } from './text.ts';

const BY_STEPS =
  'Use POST /content/{contentId}/submit, /approve, /schedule, /publish, /unpublish, /archive …';

async function contentValues(db: Db, values: Values): Promise<Values> {
  requireSoundText(values);
  const authorId = actingPerson(db);
  if (typeof values.slug === 'string') {
    await requireFreeSlug(db, values.slug);
    return { ...values, authorId };
  }
  return { ...values, authorId, slug: await freeSlug(db, slugOf(String(values.title))) };
}

/** What readers see, or what was approved for them, is not changed by who may only write. */
const FROZEN = ['title', 'slug', 'contentType', 'content', 'excerpt', 'seoMeta'] as const;

async function contentChanges(db: Db, before: Values, changes: Values): Promise<Values> {
  const now = await lockContent(db, String(before.id));
  const changed = FROZEN.filter((field) => changes[field] !== undefined && !same(changes[field], now[field]));
  if (changed.length > 0 && SETTLED.includes(now.status))
    throw new Refusal(
      'conflict',
      'CONTENT_SETTLED',
      `This content is ${now.status}: its text was approved as it is.`,
      'Use POST /content/{contentId}/revise, or give it back for more work first.',
      {
        fields: changed.map((field) => ({
          field,
          code: 'CONTENT_SETTLED',
          message: `It is settled while the content is ${now.status}.`,
        })),
      },
    );
  requireSoundText(changes);
  if (changes.slug !== undefined && changes.slug !== now.slug)
    await requireFreeSlug(db, String(changes.slug), now.id);
  return changes;
}

const same = (a: unknown, b: unknown) => a === b || JSON.stringify(a) === JSON.stringify(b);

export const contentRules: ModelRules = {
  model: 'Content',
  closed: {
    status: BY_STEPS,
    publishedAt: 'It is the moment of the first publication.',
    scheduledAt: 'Use POST /content/{contentId}/schedule.',
    authorId: 'It is the person who makes the content.',
  },
  fills: ['slug'],
  sequential: true, // Two pieces of one title in a request have two slugs.
  create: contentValues,
  update: contentChanges,
  remove: async (db, before) => {
    const { status } = await lockContent(db, String(before.id));
    if (DELETABLE.includes(status)) return;
    throw new Refusal(
      'conflict',
      'CONTENT_IN_USE',
      `Content that is ${status} is not deleted.`,
      'Archive it first, or give it back as a draft.',
    );
  },
};
