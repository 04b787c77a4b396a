import { describe, expect, it } from 'vitest';
import { paintFor } from './paint.ts';
import { reportJson } from './print-json.ts';
import { reportText } from './print-text.ts';
import type { Report, StepOutcome } from './runner.ts';

const step = (name: string, more: Partial<StepOutcome> = {}): StepOutcome => ({
  name,
  section: 'database',
  ok: true,
  ms: 1234,
  detail: 'fine',
  output: '',
  issues: [],
  ...more,
});
const long = 'word '.repeat(60).trim();
const issue = {
  step: 'tsc --noEmit',
  message: `tsc ended with exit code 2:\nsrc/a.ts(1,1): ${long}`,
  remedy: long,
};
const count = { total: 3, existing: 1, new: 2, byModule: { crm: 1, reid: 2 } };
const report: Report = {
  ok: false,
  ms: 4321,
  issues: [issue],
  facts: {
    models: count,
    enums: count,
    modules: [
      { module: 'crm', existing: { models: 1, enums: 1 }, new: { models: 0, enums: 0 } },
      { module: 'reid', existing: { models: 0, enums: 0 }, new: { models: 2, enums: 2 } },
    ],
    migration: { name: '2_more', tables: 2, indexes: 3, foreignKeys: 4, checks: 5, policies: 6 },
  },
  steps: [
    step('prisma validate', { section: 'commands', detail: '', output: `Loaded Prisma config\n${long}` }),
    step('tsc --noEmit', {
      section: 'commands',
      detail: '',
      ok: false,
      output: 'not shown twice',
      issues: [issue],
    }),
    step('reading', { detail: long }),
  ],
};

describe('the report on a terminal', () => {
  const lines = (color: boolean) =>
    reportText(report, 'embedded', paintFor({ isTTY: color }, {})).split('\n');

  it('keeps within 100 columns', () => {
    expect(lines(false).filter((l) => l.length > 100)).toEqual([]);
  });

  it('marks what holds and what does not, and explains the count of models', () => {
    const text = lines(false).join('\n');
    expect(text).toMatch(/✓ prisma validate .*1\.2 s/);
    expect(text).toMatch(/✗ tsc --noEmit +failed/);
    expect(text).toContain('2 tables · 3 indexes · 4 foreign keys · 5 checks · 6 policies');
    expect(text).toContain('leaves out the\n  junction marketplace_bundle_items, which it also names.');
    expect(text).toMatch(/✗ 1 of 3 steps found an issue in 4\.3 s$/);
    expect(text).not.toContain('not shown twice');
  });

  it('has colours on a terminal only, and none where NO_COLOR is set', () => {
    expect(lines(true).join('')).toContain('\u001b[');
    expect(lines(false).join('')).not.toContain('\u001b[');
    expect(paintFor({ isTTY: true }, { NO_COLOR: '1' })('red', 'x')).toBe('x');
  });
});

describe('the report for programs', () => {
  it('has exactly its keys, with null for what the run left out', () => {
    expect(reportJson(report)).toEqual({
      models: count,
      enums: count,
      migration: report.facts.migration,
      rls: null,
      commands: [
        { name: 'prisma validate', ok: true, ms: 1234 },
        { name: 'tsc --noEmit', ok: false, ms: 1234 },
      ],
      drift: null,
      issues: [issue],
      ok: false,
    });
  });
});
