import { stripVTControlCharacters } from 'node:util';
import type { Paint } from './paint.ts';
import type { Report, StepOutcome } from './runner.ts';
import type { Count, Facts, Issue } from './step.ts';

const WIDTH = 100;
const NAME = 18;
// Enough for what Prisma and the compiler say when all is well; failures stand whole among the issues.
const OUTPUT_LINES = 6;

/** The report for people, 100 columns wide. `head` says which database was looked at. */
export function reportText(report: Report, head: string, paint: Paint): string {
  const commands = report.steps.filter((s) => s.section === 'commands');
  const state = report.steps.filter((s) => s.section === 'database');
  const parts = [
    [paint('bold', 'Lotline execution report'), paint('dim', head)],
    ...schemaPart(report.facts, paint),
    ...migrationPart(report.facts, paint),
    ...(commands.length > 0 ? [[paint('bold', 'Commands'), ...commands.flatMap((s) => [line(s, paint), ...output(s, paint)])]] : []),
    [paint('bold', 'Database'), ...state.map((s) => line(s, paint))],
    [paint('bold', 'Issues'), ...issueLines(report.issues, paint)],
    [verdict(report, paint)],
  ];
  return parts.map((lines) => lines.join('\n')).join('\n\n');
}

/** The lines of the steps and of the issues alone, for `npm start`. */
export function summaryLines(report: Report, paint: Paint): string[] {
  return [...report.steps.map((s) => line(s, paint)), ...(report.ok ? [] : ['', ...issueLines(report.issues, paint)])];
}

function schemaPart({ models, enums }: Partial<Facts>, paint: Paint): string[][] {
  if (!models || !enums) return [];
  const names = [...new Set([...Object.keys(models.byModule), ...Object.keys(enums.byModule)])];
  const isNew = (name: string) => (models.addedByModule[name] ?? 0) > 0;
  const row = (label: string, m: number, e: number) => `  ${label.padEnd(NAME)}${String(m).padStart(8)}${String(e).padStart(8)}`;
  const rows = (wanted: boolean) =>
    names.filter((name) => isNew(name) === wanted).map((name) => row(`  ${name}`, models.byModule[name] ?? 0, enums.byModule[name] ?? 0));
  return [
    [
      `${paint('bold', 'Schema')}${' '.repeat(NAME - 4)}${paint('dim', '  models   enums')}`,
      row('existing', models.existing, enums.existing),
      ...rows(false).map((r) => paint('dim', r)),
      row('new', models.new, enums.new),
      ...rows(true),
      paint('bold', row('in all', models.total, enums.total)),
    ],
    wrap(NOTE, 2).map((text) => paint('dim', text)),
  ];
}
