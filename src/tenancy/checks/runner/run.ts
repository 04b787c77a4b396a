import type { ClientBase } from 'pg';
import type { Boundary } from '../../boundary.ts';
import { liveFacts } from '../facts/facts.ts';
import type { Check, CheckContext, DriftItem, Finding } from './check.ts';

/**
 * What the checks look at, on a connection that stands in a transaction with `search_path = ''`, so that the server
 * prints every name with its schema.
 */
export function checkContext(
  client: ClientBase,
  boundary: Boundary,
  drift?: readonly DriftItem[],
): CheckContext {
  return { client, boundary, roles: boundary.roles, facts: liveFacts(client), ...(drift ? { drift } : {}) };
}

/** Runs one check and completes what it found. */
export async function runCheck(check: Check, context: CheckContext): Promise<Finding[]> {
  const found = await check.run(context);
  return found.map((o) => ({
    name: check.name,
    level: check.level,
    object: o.object,
    detail: o.detail,
    remedy: o.remedy,
    key: `${check.name}:${o.object}`,
  }));
}

/** Runs checks one after the other; errors come first, then by name and object. */
export async function runChecks(checks: readonly Check[], context: CheckContext): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const check of checks) findings.push(...(await runCheck(check, context)));
  const rank = (f: Finding) => `${f.level === 'error' ? 0 : 1} ${f.key}`;
  return findings.sort((a, b) => (rank(a) < rank(b) ? -1 : 1));
}
