import { beforeAll, expect, test } from 'vitest';
import { call } from '../../../test/support/calls.ts';
import { freshDatabase } from '../../../test/support/database.ts';
import { type Offices, offices, refusal } from '../../../test/support/offices.ts';
import { tenancyOn } from '../../../test/support/tenancy.ts';
import { content } from './index.ts';
import { createContent } from './pieces.ts';

const db = await freshDatabase();
const tenancy = tenancyOn(db);
let here: Offices;
let params: { contentId: string };

beforeAll(async () => {
  here = await offices(db, tenancy);
  const made = await createContent(here.ours, { title: 'Page', content: 'Text', contentType: 'PAGE' });
  params = { contentId: made.id };
});

const ask = (operationId: string, body?: unknown) =>
  call(content.routes, operationId, here.ours, { params, body });

test('what readers see needs the permission to publish', () => {
  const needs = content.routes.filter((one) => one.permission === 'content:publish');
  expect(needs.map((one) => one.path.split('/').at(-1)).sort()).toEqual(
    ['approve', 'archive', 'publish', 'revise', 'schedule', 'unpublish'].sort(),
  );
});

test('a page goes from draft to publication and into the archive', async () => {
  expect(await refusal(ask('publishContent'))).toBe('CONTENT_STEP');
  await ask('submitContent');
  await ask('approveContent');
  const year = new Date().getUTCFullYear() + 1;
  const { content, clock } = await ask('scheduleContent', {
    at: `${year}-07-01T09:00`,
    timezone: 'Europe/Berlin',
  });
  expect(content.scheduledAt).toEqual(new Date(`${year}-07-01T07:00:00Z`));
  expect(clock).toMatchObject({ at: `${year}-07-01T09:00`, adjusted: null });
  expect(await ask('publishContent')).toMatchObject({ status: 'PUBLISHED', scheduledAt: null });
  const revised = await ask('reviseContent', { title: 'Better page', seoMeta: { noindex: true } });
  expect(revised).toMatchObject({ content: { title: 'Better page', slug: 'page' }, formerSlug: null });
  await ask('unpublishContent');
  expect(await ask('archiveContent')).toMatchObject({ status: 'ARCHIVED' });
  expect(await ask('restoreContent')).toMatchObject({ status: 'DRAFT' });
});

test.each([
  ['scheduleContent', { at: '2026-07-01T09:00', offset: 2 }],
  ['scheduleContent', {}],
  ['reviseContent', { status: 'DRAFT' }],
  ['reviseContent', { seoMeta: { og_image: 'data:text/html,x' } }],
])('%s refuses %j by its shape', async (operationId, body) => {
  await expect(ask(operationId, body)).rejects.toThrow('does not fit');
});
