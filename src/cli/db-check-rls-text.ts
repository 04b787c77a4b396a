import { type Finding, listChecks } from '../tenancy/checks/index.ts';
import type { BoundaryReport } from './db-check-rls.ts';

/** The report for a person: errors first, one heading per check, what is waived, counts at the end; one line when all is well. */
export async function boundaryText({ tables, policies, findings, waived }: BoundaryReport): Promise<string> {
  const seen = `${tables} tables, ${policies} policies`;
  const accepted = waived.length === 0 ? '' : `, ${waived.length} waived`;
  if (findings.length === 0 && waived.length === 0) return `${seen}: nothing to mend`;
  const blocks = [...(await groups(findings)), ...(waived.length === 0 ? [] : [waivedText(waived)])];
  if (findings.length === 0) return `${blocks.join('\n\n')}\n\n${seen}: nothing to mend${accepted}`;
  const counts = [count(findings, 'error'), count(findings, 'warning')].join(', ');
  return `${blocks.join('\n\n')}\n\n${seen}: ${counts}${accepted}`;
}

async function groups(findings: readonly Finding[]): Promise<string[]> {
  const checks = new Map((await listChecks()).map((c) => [c.name, c]));
  const names = [...new Set(findings.map((f) => f.name))];
  return names.map((name) => {
    const own = findings.filter((f) => f.name === name);
    const { title = name, why = '' } = checks.get(name) ?? {};
    return `${own[0]!.level}: ${title} [${name}]\n  ${why}\n${own.map(item).join('\n')}`;
  });
}

function item({ detail, remedy, place }: Finding): string {
  const where = place ? ` (${place.file}:${place.line})` : '';
  return `  • ${detail}${where}\n    → ${remedy}`;
}

function waivedText(waived: BoundaryReport['waived']): string {
  const items = waived.map(({ key, detail, waiver }) => {
    const until = waiver.until ? ` (until ${waiver.until})` : '';
    return `  • ${key}: ${detail}\n    accepted${until}: ${waiver.reason}`;
  });
  return `waived in prisma/waivers.json\n${items.join('\n')}`;
}

function count(findings: readonly Finding[], level: Finding['level']): string {
  const number = findings.filter((f) => f.level === level).length;
  return number === 1 ? `1 ${level}` : `${number} ${level}s`;
}
