import { existsSync } from 'node:fs';
import { join, posix } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { root } from '../../../test/support/server.ts';
import { CHECK_PAGES } from '../pages.ts';
import { staleFiles } from '../write.ts';
import type { DocumentedCheck } from './check-page.ts';
import { checksFor } from './overview-pages.ts';
import { documentedChecks, OTHER_TOOLS, renderChecks } from './render-checks.ts';

let checks: DocumentedCheck[];
let files: Map<string, string>;

beforeAll(async () => {
  checks = await documentedChecks();
  files = await renderChecks();
});

describe('the pages of the checks', () => {
  it('are those that are committed', () => {
    const stale = staleFiles(files, root).filter((path) => path.startsWith(CHECK_PAGES));
    expect(stale, 'run: npm run db:docs').toEqual([]);
  });

  it('say for each check what it is, why, what breaks it and what mends it', () => {
    for (const { check, cases } of checks) {
      const text = files.get(`${CHECK_PAGES}/${check.name}.md`)!;
      expect(text.split('\n')[0]).toBe(`# ${check.title}`);
      for (const { object } of cases) expect(text, check.name).toContain(object);
      expect(text).toContain('## How it is mended');
    }
  });

  it('show the query where a check is one, and only then', () => {
    const queries = checks.filter((c) => c.sql !== undefined).map((c) => c.check.name);
    expect(queries.length).toBeGreaterThan(20);
    for (const { check, sql } of checks)
      expect(files.get(`${CHECK_PAGES}/${check.name}.md`)!.includes('## The query'), check.name).toBe(
        sql !== undefined,
      );
  });

  it('have no link that leads nowhere', () => {
    const broken = [...files].flatMap(([path, content]) =>
      [...content.matchAll(/\]\(([^)#]+)\)/g)]
        .map(([, target]) => posix.join(posix.dirname(path), target!))
        .filter((target) => !files.has(target) && !existsSync(join(root, target)))
        .map((target) => `${path}: ${target}`),
    );
    expect(broken).toEqual([]);
  });
});

describe('the comparison with other tools', () => {
  it('has for every rule of theirs a check of ours or a reason', () => {
    const open = OTHER_TOOLS.flatMap(({ name, rules }) =>
      rules
        .filter(([id, , reason]) => checksFor(checks, `${name} ${id}`).length === 0 && !reason)
        .map(([id]) => `${name} ${id}`),
    );
    expect(open).toEqual([]);
  });

  it('gives no reason for a rule that a check covers', () => {
    const both = OTHER_TOOLS.flatMap(({ name, rules }) =>
      rules
        .filter(([id, , reason]) => reason && checksFor(checks, `${name} ${id}`).length > 0)
        .map(([id]) => `${name} ${id}`),
    );
    expect(both).toEqual([]);
  });

  it('knows every rule that a check names, once', () => {
    const known = OTHER_TOOLS.flatMap(({ name, rules }) => rules.map(([id]) => `${name} ${id}`));
    expect(new Set(known).size).toBe(known.length);
    const named = checks.flatMap(({ check }) => check.also);
    expect(named.filter((rule) => !known.includes(rule))).toEqual([]);
  });
});
