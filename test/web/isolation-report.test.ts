import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { readReport } from '../../web/modules/schema/isolation-report.ts';

it('the report of the attack is read whole: all tables, all actors, all mutants', () => {
  const text = readFileSync(new URL('../../docs/reference/isolation.md', import.meta.url), 'utf8');
  const report = readReport(text);
  expect(report.tables).toHaveLength(64);
  expect(report.operations.slice(0, 2)).toEqual(['select', 'copy to']);
  expect(report.actors.map((a) => a.letter).join('')).toBe('ABCDEFGHIJKLMNOPQRSTUV');
  expect(report.mutants).toBeGreaterThan(200);
  const letters = report.tables.flatMap((t) => Object.values(t.works)).join('');
  expect(new Set(letters)).toEqual(new Set(report.actors.map((a) => a.letter)));
});
