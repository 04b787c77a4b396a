import { functionCalls } from './facts/condition.ts';
import { contextSources } from './facts/context-sources.ts';
import type { LiveFunction } from './facts/functions.ts';
import { conditionsOf } from './facts/policies.ts';
import type { Check } from './runner/check.ts';

export const check: Check = {
  name: 'policy-calls-setting',
  title: 'A policy believes a function that believes a setting',
  why: 'A function round current_setting() verifies nothing: any SQL can set app.tenant or request.jwt.claims and become another tenant.',
  mend: 'Call the functions of the signed context.',
  also: ['splinter 0015', 'pgrls SEC033', 'pgrls SEC034'],
  level: 'error',
  async run({ boundary, facts }) {
    const verified = new Set(contextSources(boundary).map((s) => s.name));
    const functions = new Map((await facts.functions()).map((f) => [f.name, f]));
    return (await facts.policies()).flatMap((policy) =>
      conditionsOf(policy).flatMap(({ clause, tree }) => {
        const believing = functionCalls(tree).find(({ name }) => believesSetting(name, functions, verified));
        if (!believing) return [];
        return [
          {
            object: `${policy.object} ${clause}`,
            detail: `${clause} of ${policy.object} calls ${believing.name}, which takes a setting for the truth.`,
            remedy: 'use ORG, SELF(column) or ADMIN, which read the signed context',
          },
        ];
      }),
    );
  },
};

function believesSetting(
  name: string,
  functions: ReadonlyMap<string, LiveFunction>,
  verified: ReadonlySet<string>,
  seen = new Set<string>(),
): boolean {
  const found = functions.get(name);
  if (!found || verified.has(name) || seen.has(name)) return false;
  if (/\bcurrent_setting\s*\(\s*'[^']*\./i.test(found.body)) return true;
  seen.add(name);
  return [...found.body.matchAll(/\b(\w+\.\w+)\s*\(/g)].some(([, called]) =>
    believesSetting(called!, functions, verified, seen),
  );
}
