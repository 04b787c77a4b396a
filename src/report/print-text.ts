import type { Paint } from './paint.ts';
import type { Report, StepOutcome } from './runner.ts';
import { schemaTable } from './schema-table.ts';
import type { Issue, MigrationFacts } from './step.ts';
import { wrapText } from './wrap-text.ts';

const WIDTH = 100;
const NAME = 16;
// Enough for what Prisma and the compiler say when all is well; failures stand whole among the issues.
const OUTPUT_LINES = 5;
// What lists beyond this would say is said by the command that the remedy names.
const ISSUES = 25;

/** The report for people, 100 columns wide. `head` says which database was looked at. */
export function reportText(report: Report, head: string, paint: Paint): string {
  const { models, enums, modules, migration } = report.facts;
  const commands = report.steps.filter((s) => s.section === 'commands');
  const state = report.steps.filter((s) => s.section === 'database');
  const parts = [
    [paint('bold', 'Lotline: execution report'), paint('dim', head)],
    models && enums && modules ? schemaTable(models, enums, modules, paint) : [],
    migration ? migrationLines(migration, paint) : [],
    commands.length > 0
      ? [
          paint('bold', 'Commands'),
          ...commands.flatMap((s) => [stepLine(s, paint), ...outputLines(s, paint)]),
        ]
      : [],
    [paint('bold', 'Database'), ...state.map((s) => stepLine(s, paint))],
    report.ok
      ? [`${paint('bold', 'Issues')}  none`]
      : [paint('bold', 'Issues'), ...issueLines(report.issues, paint)],
    [verdict(report, paint)],
  ];
  return parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

/** One line per step, and what is wrong, for `npm start`. */
export function summaryLines(report: Report, paint: Paint): string[] {
  const steps = report.steps.map((s) => stepLine(s, paint));
  return report.ok ? steps : [...steps, '', ...issueLines(report.issues, paint)];
}

function migrationLines(m: MigrationFacts, paint: Paint): string[] {
  const counts = [
    [m.tables, 'tables'],
    [m.indexes, 'indexes'],
    [m.foreignKeys, 'foreign keys'],
    [m.checks, 'checks'],
    [m.policies, 'policies'],
  ];
  return [paint('bold', 'Migration'), `  ${m.name}`, `  ${counts.map((c) => c.join(' ')).join(' · ')}`];
}

function stepLine(step: StepOutcome, paint: Paint): string {
  const mark = step.ok ? paint('green', '✓') : paint('red', '✗');
  const time = `${(step.ms / 1000).toFixed(1)} s`;
  const text = step.detail || (step.ok ? '' : 'failed');
  const space = WIDTH - 4 - NAME - time.length - 1;
  const [first = '', ...rest] = wrapText(text, space);
  const lines = [`  ${mark} ${step.name.padEnd(NAME)}${first.padEnd(space)} ${paint('dim', time)}`];
  return [...lines, ...rest.map((l) => `${' '.repeat(4 + NAME)}${l}`)].join('\n');
}

/** What a program said when all was well; of one that failed the issues say it. */
function outputLines({ ok, output }: StepOutcome, paint: Paint): string[] {
  const said = output
    .split('\n')
    .filter((l) => l.trim() !== '' && !/^Loaded Prisma config|^npm (notice|warn)/.test(l));
  if (!ok || said.length === 0) return [];
  const shown = said.slice(0, OUTPUT_LINES);
  const more = said.length > shown.length ? [`… ${said.length - shown.length} more lines`] : [];
  return [...shown, ...more].map((l) => paint('dim', `      ${cut(l.trim(), WIDTH - 6)}`));
}

function issueLines(issues: readonly Issue[], paint: Paint): string[] {
  const shown = issues.slice(0, ISSUES).flatMap(({ step, message, remedy }, index) => {
    const [first = '', ...rest] = message.split('\n').flatMap((l) => wrapText(l, WIDTH - 4));
    const same = issues[index + 1]?.remedy === remedy && index + 1 < ISSUES;
    return [
      `  ${paint('red', '✗')} ${first}`,
      ...rest.map((l) => `    ${l}`),
      ...(same
        ? []
        : wrapText(`${step}: ${remedy}`, WIDTH - 6).map((l, i) =>
            paint('yellow', `${i === 0 ? '    → ' : '      '}${l}`),
          )),
    ];
  });
  return issues.length > ISSUES
    ? [...shown, `    … and ${issues.length - ISSUES} more; --json shows all`]
    : shown;
}

function verdict({ ok, issues, ms, steps }: Report, paint: Paint): string {
  const time = `${(ms / 1000).toFixed(1)} s`;
  if (ok)
    return `${paint('green', '✓')} ${paint('bold', 'All of it holds')}: ${steps.length} steps in ${time}`;
  const failed = steps.filter((s) => !s.ok).length;
  return `${paint('red', '✗')} ${paint('bold', `${failed} of ${steps.length} steps found ${issues.length === 1 ? 'an issue' : `${issues.length} issues`}`)} in ${time}`;
}

function cut(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, width - 1)}…`;
}
