import type { AttackReport } from './attack.ts';
import type { ClientReport } from './client/index.ts';

/** The report for programs: numbers, and everything that is not in order. */
export function reportObject(
  { suite, probes, findings, mutants, filled, milliseconds, ok }: AttackReport,
  client?: ClientReport,
) {
  const all = [...suite.tables.values(), suite.server].flat().flatMap((s) => s.probes);
  const of = (verdict: string) => findings.filter((f) => f.verdict === verdict).length;
  return {
    ok: ok && client?.ok !== false,
    tables: suite.tables.size,
    operations: new Set(all.map((p) => p.operation)).size,
    actors: new Set(all.map((p) => p.actor)).size,
    probes,
    controls: all.filter((p) => p.control).length,
    leaks: of('leak'),
    lost: of('lost'),
    inconclusive: of('inconclusive') + suite.gaps.length,
    mutants: mutants.length,
    killed: mutants.filter((m) => m.killedBy).length,
    survived: mutants
      .filter((m) => !m.killedBy)
      .map((m) => (m.broken ? `${m.mutant.name} (not made: ${m.broken})` : m.mutant.name)),
    gaps: suite.gaps,
    copiedRows: filled,
    findings: findings.map((f) => ({
      verdict: f.verdict,
      stage: f.stage,
      family: f.probe.family,
      object: f.probe.object,
      operation: f.probe.operation,
      actor: f.probe.actor,
      outcome: f.outcome,
      expected: f.expected,
      statement: f.probe.statement,
    })),
    ...(client ? { client: clientObject(client) } : {}),
    seconds: Math.round((milliseconds + (client?.milliseconds ?? 0)) / 100) / 10,
  };
}

function clientObject({ probes, mutants, milliseconds }: ClientReport) {
  return {
    answers: probes.reduce((sum, p) => sum + p.answers, 0),
    probes: Object.fromEntries(probes.map((p) => [p.probe, p.answers])),
    findings: probes.flatMap((p) => p.findings),
    mutants: mutants.length,
    killed: mutants.filter((m) => m.killedBy).length,
    survived: mutants
      .filter((m) => !m.killedBy)
      .map((m) => (m.broken ? `${m.mutant.name} (not made: ${m.broken})` : m.mutant.name)),
    seconds: Math.round(milliseconds / 100) / 10,
  };
}

/** The report for people. */
export function reportText(report: AttackReport, client?: ClientReport, shown = 40): string {
  const r = reportObject(report, client);
  const rows: [string, string | number][] = [
    ['tables', r.tables],
    ['operations', r.operations],
    ['actors', r.actors],
    ['probes', r.probes],
    ['of them controls', r.controls],
    ['leaks', r.leaks],
    ['allowed and refused', r.lost],
    ['inconclusive', r.inconclusive],
    ['mutants killed', `${r.killed} of ${r.mutants}`],
    ...(r.client
      ? ([
          ['client answers', r.client.answers],
          ['client findings', r.client.findings.length],
          ['client mutants killed', `${r.client.killed} of ${r.client.mutants}`],
        ] as [string, string | number][])
      : []),
    ['time', `${r.seconds} s`],
  ];
  const lines = rows.map(([name, value]) => `  ${name.padEnd(24)}${String(value).padStart(12)}`);
  for (const f of r.findings.slice(0, shown))
    lines.push(
      `✗ ${f.verdict}: ${f.object} · ${f.operation} · ${f.actor} [${f.stage}]\n    came out: ${f.outcome}\n    expected: ${f.expected}`,
    );
  if (r.findings.length > shown) lines.push(`  … and ${r.findings.length - shown} more; --json lists all`);
  for (const f of r.client?.findings.slice(0, shown) ?? []) lines.push(`✗ client, ${f.probe}: ${f.what}`);
  lines.push(...(r.client?.survived.map((s) => `✗ survived in the client: ${s}`) ?? []));
  lines.push(...r.gaps.map((g) => `✗ not proved: ${g}`), ...r.survived.map((s) => `✗ survived: ${s}`));
  lines.push(
    r.ok ? `The boundary held${r.mutants > 0 ? ', and every mutant was noticed' : ''}.` : 'Not in order.',
  );
  return lines.join('\n');
}
