import { createHash } from 'node:crypto';
import type { Check, Finding } from './check.ts';
import type { Findings, WaivedFinding } from './run.ts';

/** Where a finding is shown that no model speaks of: the file that says which database is meant. */
const NO_MODEL = { file: 'prisma/schema.prisma', line: 1 };

/**
 * The findings as a SARIF 2.1.0 log (OASIS, https://docs.oasis-open.org/sarif/sarif/v2.1.0/). Each is placed at its model; its
 * fingerprint comes from its key alone, so that it stays the same finding when lines move. What is waived is suppressed.
 */
export function sarifLog({ findings, waived }: Pick<Findings, keyof Findings>, checks: readonly Check[]) {
  return {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'lotline', rules: checks.map(ruleOf) } },
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: { '%SRCROOT%': { description: { text: 'The folder of package.json.' } } },
        results: [...findings, ...waived].map((f) => resultOf(f, checks)),
      },
    ],
  };
}

function ruleOf({ name, title, why, mend, level, also }: Check) {
  return {
    id: name,
    shortDescription: { text: `${title}.` },
    fullDescription: { text: why },
    help: { text: mend },
    defaultConfiguration: { level },
    properties: { tags: ['row-level-security', ...also] },
  };
}

function resultOf(finding: Finding | WaivedFinding, checks: readonly Check[]) {
  const { name, level, object, detail, remedy, key } = finding;
  const { file, line } = finding.place ?? NO_MODEL;
  return {
    ruleId: name,
    ruleIndex: checks.findIndex((c) => c.name === name),
    level,
    message: { text: `${detail} Remedy: ${remedy}` },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: encodeURI(file), uriBaseId: '%SRCROOT%' },
          region: { startLine: line },
        },
        logicalLocations: [{ fullyQualifiedName: object, kind: 'object' }],
      },
    ],
    partialFingerprints: { 'lotlineKey/v1': createHash('sha256').update(key).digest('hex') },
    ...('waiver' in finding
      ? { suppressions: [{ kind: 'external', status: 'accepted', justification: finding.waiver.reason }] }
      : {}),
  };
}
