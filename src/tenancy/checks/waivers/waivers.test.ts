import { describe, expect, it } from 'vitest';
import type { Boundary } from '../../boundary.ts';
import { type Check, checkContext, listChecks, parseWaivers, readWaivers, runChecks } from '../index.ts';

const REASON = 'The printer reads this table through the platform.';
const entry = (more: object) =>
  JSON.stringify({ key: 'row-security-disabled:leads', reason: REASON, ...more });
const checks = await listChecks();
const names = checks.map((c) => c.name);
const parse = (text: string) => parseWaivers(text, names);

describe('the file of waivers', () => {
  it('is not needed', () => {
    expect(readWaivers('/nowhere', names)).toEqual([]);
  });

  it('gives key, reason, last day and line of each', () => {
    expect(
      parse(`[\n  ${entry({})},\n\n  ${entry({ key: 'unused-enum:mood', until: '2027-02-28' })}\n]`),
    ).toEqual([
      { key: 'row-security-disabled:leads', reason: REASON, line: 2 },
      { key: 'unused-enum:mood', reason: REASON, until: '2027-02-28', line: 4 },
    ]);
  });

  it.each([
    [
      'no reason',
      `[\n  {"key": "row-security-disabled:leads"}\n]`,
      /^prisma\/waivers\.json:2:3: .*has no reason/,
    ],
    [
      'a reason of one word',
      `[${entry({ reason: 'ok' })}]`,
      /:1:2: .*has no reason of at least 20 characters/,
    ],
    ['no key', `[ ${JSON.stringify({ reason: REASON })} ]`, /:1:3: a waiver has no key/],
    [
      'a check that does not exist',
      `[${entry({ key: 'no-such:leads' })}]`,
      /names the check no-such, which does not exist/,
    ],
    ['a waiver of waivers', `[${entry({ key: 'waiver-unused:x' })}]`, /cannot be waived/],
    ['a day that does not exist', `[${entry({ until: '2027-02-30' })}]`, /until that is no day/],
    ['the same twice', `[${entry({})},\n${entry({})}]`, /:2:1: .* is waived twice/],
    ['a misspelt name', `[${entry({ untill: '2027-02-28' })}]`, /has "untill"/],
    ['an object instead of a list', '{"key": "x"}', /:1:1: the file is not a list/],
    ['broken JSON', `[\n  ${entry({})}\n  ${entry({})}\n]`, /:3:3: the file is not JSON/],
    [
      'strings with brackets before it',
      `[${entry({ reason: 'a "[{," in a reason is text' })},\n  7]`,
      /:2:3: a waiver is not/,
    ],
  ])('is refused with its place: %s', (_, text, message) => {
    expect(() => parse(text)).toThrowError(
      expect.objectContaining({ code: 'WAIVERS_INVALID', message: expect.stringMatching(message) }),
    );
  });
});

describe('a run with waivers', () => {
  const found: Check = {
    name: 'row-security-disabled',
    title: '',
    why: '',
    mend: '',
    also: [],
    level: 'error',
    run: async () => [{ object: 'leads', detail: 'Row security is off.', remedy: 'enable it' }],
  };
  const last = checks.filter((c) => c.last);
  const run = (waivers: string, options: object = {}) =>
    runChecks(
      [found, ...last],
      checkContext({} as never, { models: [], roles: {} } as unknown as Boundary, {
        waivers: parse(waivers),
        today: '2027-01-15',
        drift: [],
        ...options,
      }),
    );

  it('shows what is waived with its reason, and does not count it', async () => {
    const { findings, waived } = await run(`[${entry({})}]`);
    expect(findings).toEqual([]);
    expect(waived).toMatchObject([
      { key: 'row-security-disabled:leads', waiver: { reason: REASON, line: 1 } },
    ]);
  });

  it('holds on its last day', async () => {
    expect((await run(`[${entry({ until: '2027-01-15' })}]`)).findings).toEqual([]);
  });

  it('reports a waiver that has ended, and counts the finding again', async () => {
    const { findings, waived } = await run(`[${entry({ until: '2027-01-14' })}]`);
    expect(findings.map((f) => f.key)).toEqual([
      'row-security-disabled:leads',
      'waiver-expired:row-security-disabled:leads',
    ]);
    expect(waived).toEqual([]);
  });

  it('reports a waiver that waives nothing', async () => {
    const { findings } = await run(`[${entry({})},${entry({ key: 'unused-enum:mood' })}]`);
    expect(findings.map((f) => f.key)).toEqual(['waiver-unused:unused-enum:mood']);
  });

  it('says nothing of waived differences in a quick run, which does not compare', async () => {
    const waivers = `[${entry({})},${entry({ key: 'declaration-differs:policy leads.x' })}]`;
    expect((await run(waivers, { drift: undefined })).findings).toEqual([]);
    expect((await run(waivers)).findings.map((f) => f.key)).toEqual([
      'waiver-unused:declaration-differs:policy leads.x',
    ]);
  });
});
