import { beforeAll, describe, expect, test } from 'vitest';
import { freshDatabase } from '../../../test/support/database.ts';
import { type Offices, offices, refusal } from '../../../test/support/offices.ts';
import { tenancyOn } from '../../../test/support/tenancy.ts';
import { createContent, reviseContent } from './pieces.ts';
import { takeStep } from './publishing.ts';
import { contentRules } from './rules.ts';
import { MOST_BYTES } from './text.ts';

const db = await freshDatabase();
const tenancy = tenancyOn(db);
let here: Offices;

beforeAll(async () => {
  here = await offices(db, tenancy);
});

const write = (title: string, more = {}, bound = here.ours) =>
  createContent(bound, { title, content: 'Text', contentType: 'PAGE', ...more });
const published = async (title: string) => {
  const { id } = await write(title);
  for (const step of ['submit', 'approve', 'publish'] as const)
    await takeStep(here.ours, { contentId: id, step });
  return id;
};
const change = (id: string, changes: Record<string, unknown>) =>
  contentRules.update!(here.ours, { id }, changes);

describe('new content', () => {
  test('is a draft of who makes it', async () => {
    const made = await write('Über uns', {}, here.colleagues);
    expect(made).toMatchObject({ slug: 'uber-uns', status: 'DRAFT', authorId: here.colleague });
  });

  test('with one title at the same time gets slugs with numbers in turn', async () => {
    const made = await Promise.all(Array.from({ length: 8 }, () => write('Same title')));
    expect(made.map((one) => one.slug).sort()).toEqual(
      ['same-title', ...[2, 3, 4, 5, 6, 7, 8].map((n) => `same-title-${n}`)].sort(),
    );
    expect((await write('Same title', {}, here.theirs)).slug).toBe('same-title');
  });

  test('tries the next slug where somebody writes past the rules', async () => {
    await db.platform.query('BEGIN');
    await db.platform.query(
      `INSERT INTO content (organization_id, title, slug, content_type, content, author_id)
       VALUES ($1, 'Race', 'race', 'PAGE', '', $2)`,
      [here.organization, here.owner],
    );
    const late = write('Race');
    // It waits for the key that the other transaction holds; then that one commits.
    for (;;) {
      const { rows } = await db.superuser.query(
        "SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'transactionid'",
      );
      if (rows.length > 0) break;
    }
    await db.platform.query('COMMIT');
    expect((await late).slug).toBe('race-2');
  });

  test('with a slug of its own keeps it, or is told which is free', async () => {
    expect((await write('Any', { slug: 'mine' })).slug).toBe('mine');
    const again = write('Any', { slug: 'mine' });
    await expect(again).rejects.toMatchObject({ code: 'SLUG_TAKEN', hint: '"mine-2" is free.' });
    expect(await refusal(write('Any', { slug: 'Not a slug' }))).toBe('SLUG_FORMAT');
  });

  test('has a text and metadata of bounded size and known shape', async () => {
    expect(await refusal(write('Big', { content: 'é'.repeat(MOST_BYTES / 2 + 1) }))).toBe(
      'CONTENT_TOO_LARGE',
    );
    await write('Just right', { content: 'é'.repeat(MOST_BYTES / 2), seoMeta: { keywords: ['homes'] } });
    const faults = [{ og_image: 'javascript:alert(1)' }, { unknown: 1 }, { keywords: 'homes' }, [], 'text'];
    for (const seoMeta of faults) expect(await refusal(write('Meta', { seoMeta }))).toBe('SEO_META');
    const named = write('Meta', { seoMeta: { og_image: 'ftp://example.com' } });
    await expect(named).rejects.toMatchObject({ fields: [{ field: 'seoMeta.og_image' }] });
  });
});

describe('a change', () => {
  test('of a draft is free, its slug included', async () => {
    const { id } = await write('Draft');
    expect(await change(id, { slug: 'other-draft', content: 'New' })).toMatchObject({ slug: 'other-draft' });
    expect(await refusal(change(id, { slug: 'mine' }))).toBe('SLUG_TAKEN');
    expect(await change(id, { slug: 'draft' })).toMatchObject({ slug: 'draft' });
  });

  test('of what was approved is refused, of the same value is none', async () => {
    const id = await published('Settled');
    for (const field of [
      { content: 'New' },
      { slug: 'new' },
      { title: 'New' },
      { seoMeta: { noindex: true } },
    ])
      expect(await refusal(change(id, field))).toBe('CONTENT_SETTLED');
    await change(id, { title: 'Settled', slug: 'settled' });
  });
});

describe('a revision', () => {
  test('changes published text in place, and its slug when links may break', async () => {
    const id = await published('Revised');
    const { content, formerSlug } = await reviseContent(here.ours, { contentId: id, content: 'Better' });
    expect(content).toMatchObject({ content: 'Better', slug: 'revised', status: 'PUBLISHED' });
    expect(formerSlug).toBeNull();
    const rename = { contentId: id, slug: 'renamed' };
    expect(await refusal(reviseContent(here.ours, rename))).toBe('LINKS_WOULD_BREAK');
    const renamed = await reviseContent(here.ours, { ...rename, breakLinks: true });
    expect(renamed).toMatchObject({ content: { slug: 'renamed' }, formerSlug: 'revised' });
  });

  test('is for what was approved', async () => {
    const { id } = await write('Unapproved');
    expect(await refusal(reviseContent(here.ours, { contentId: id, title: 'New' }))).toBe('NOT_SETTLED');
  });
});

test('content is deleted as a draft or from the archive only', async () => {
  const id = await published('Kept');
  const remove = () => contentRules.remove!(here.ours, { id });
  expect(await refusal(remove())).toBe('CONTENT_IN_USE');
  await takeStep(here.ours, { contentId: id, step: 'archive' });
  await remove();
});

test('content of another organization is the same as none', async () => {
  const { id } = await write('Ours');
  const tries = [
    takeStep(here.theirs, { contentId: id, step: 'submit' }),
    reviseContent(here.theirs, { contentId: id, title: 'Theirs' }),
    contentRules.update!(here.theirs, { id }, { title: 'Theirs' }),
    contentRules.remove!(here.theirs, { id }),
  ];
  expect(await Promise.all(tries.map(refusal))).toEqual(Array(4).fill('CONTENT_UNKNOWN'));
});
