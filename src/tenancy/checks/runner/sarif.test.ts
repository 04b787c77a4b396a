import { expect, it } from 'vitest';
import type { Boundary } from '../../boundary.ts';
import { type Finding, listChecks, sarifLog, type WaivedFinding } from '../index.ts';
import { placeOf } from './place.ts';

const checks = await listChecks();
const boundary = {
  models: [
    {
      table: 'leads',
      place: { file: 'prisma/models/crm.prisma', line: 12 },
      keys: [{ name: 'leads_email_key' }],
    },
    { table: 'users', place: { file: 'prisma/models/people here.prisma', line: 3 }, keys: [] },
  ],
} as unknown as Boundary;

function finding(name: string, object: string, more: object = {}): Finding {
  const place = placeOf({ object, detail: '', remedy: '' }, boundary);
  const level = checks.find((c) => c.name === name)!.level;
  return {
    name,
    level,
    object,
    detail: 'It is so.',
    remedy: 'mend it',
    key: `${name}:${object}`,
    ...(place ? { place } : {}),
    ...more,
  };
}

const waiver = { key: 'role-missing:x', reason: 'Another server keeps this role.', line: 2 };
const log = sarifLog(
  {
    findings: [
      finding('policy-always-true', 'leads.extra USING'),
      finding('unique-without-tenant', 'leads_email_key'),
      finding('row-security-disabled', 'users'),
      finding('parameter-granted', 'parameter x lotline_app'),
    ],
    waived: [{ ...finding('role-missing', 'x'), waiver } as WaivedFinding],
  },
  checks,
);
const [run] = log.runs;

// What the schema of SARIF 2.1.0 requires of each object, and the values that it enumerates.
it('is a log that the schema of SARIF 2.1.0 accepts', () => {
  expect(log.version).toBe('2.1.0');
  expect(log.$schema).toMatch(/^https:\/\/.*sarif-schema-2\.1\.0\.json$/);
  expect(run!.tool.driver.name).toBe('lotline');
  expect(new Set(run!.tool.driver.rules.map((r) => r.id)).size).toBe(checks.length);
  for (const rule of run!.tool.driver.rules) {
    for (const text of [rule.shortDescription.text, rule.fullDescription.text, rule.help.text])
      expect(text).not.toBe('');
    expect(['none', 'note', 'warning', 'error']).toContain(rule.defaultConfiguration.level);
    expect(new Set(rule.properties.tags).size).toBe(rule.properties.tags.length);
  }
  for (const result of run!.results) {
    expect(run!.tool.driver.rules[result.ruleIndex]!.id).toBe(result.ruleId);
    expect(['none', 'note', 'warning', 'error']).toContain(result.level);
    expect(result.message.text).not.toBe('');
    const { artifactLocation, region } = result.locations[0]!.physicalLocation;
    expect(new URL(artifactLocation.uri, 'file:///project/').pathname).toBe(
      `/project/${artifactLocation.uri}`,
    );
    expect(Object.keys(run!.originalUriBaseIds)).toContain(artifactLocation.uriBaseId);
    expect(Number.isInteger(region.startLine) && region.startLine >= 1).toBe(true);
    for (const print of Object.values(result.partialFingerprints)) expect(print).toMatch(/^[0-9a-f]{64}$/);
    for (const s of result.suppressions ?? []) {
      expect(['inSource', 'external']).toContain(s.kind);
      expect(['accepted', 'underReview', 'rejected']).toContain(s.status);
    }
  }
  expect(JSON.parse(JSON.stringify(log))).toEqual(log);
});

it('places a finding at its model: by table, by key, else at the schema', () => {
  const places = run!.results.map(({ locations }) => {
    const { artifactLocation, region } = locations[0]!.physicalLocation;
    return [artifactLocation.uri, region.startLine];
  });
  expect(places).toEqual([
    ['prisma/models/crm.prisma', 12],
    ['prisma/models/crm.prisma', 12],
    ['prisma/models/people%20here.prisma', 3],
    ['prisma/schema.prisma', 1],
    ['prisma/schema.prisma', 1],
  ]);
});

it('gives a finding the same fingerprint when lines move', () => {
  const moved = finding('row-security-disabled', 'users', {
    place: { file: 'prisma/models/x.prisma', line: 99 },
    detail: 'Else.',
  });
  const again = sarifLog({ findings: [moved], waived: [] }, checks).runs[0]!.results[0]!;
  expect(again.partialFingerprints).toEqual(run!.results[2]!.partialFingerprints);
  expect(again.partialFingerprints).not.toEqual(run!.results[3]!.partialFingerprints);
});

it('suppresses what is waived, with its reason', () => {
  expect(run!.results.map((r) => r.suppressions?.[0]?.justification)).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
    waiver.reason,
  ]);
});
