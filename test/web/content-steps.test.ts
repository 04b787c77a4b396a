import { expect, it } from 'vitest';
import { SETTLED, STEPS } from '../../src/modules/content/status.ts';
import { isSettled, STEPS as SHOWN } from '../../web/modules/content/steps.ts';

it('the web application offers the steps of content that the server takes, from where it takes them', () => {
  const { schedule: _, ...plain } = STEPS;
  const server = Object.entries(plain).map(([name, { from, permission }]) => ({ name, from, permission }));
  const web = SHOWN.map(({ name, from, permission }) => ({ name, from, permission }));
  const byName = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1);
  expect(web.toSorted(byName)).toEqual(server.toSorted(byName));
  const all = ['DRAFT', 'REVIEW', 'APPROVED', 'SCHEDULED', 'PUBLISHED', 'ARCHIVED'] as const;
  expect(all.filter(isSettled)).toEqual([...SETTLED]);
});
