import type { ClientBase } from 'pg';
import type { Boundary } from '../../boundary.ts';
import { liveFacts } from '../facts/facts.ts';
import { labelled } from '../facts/models.ts';
import { holds, type Waiver } from '../waivers/waiver.ts';
import type { Check, CheckContext, DriftItem, Finding } from './check.ts';
import { placeOf } from './place.ts';

/** What a run knows beside the database and its boundary. */
export interface RunOptions {
  readonly drift?: readonly DriftItem[];
  readonly waivers?: readonly Waiver[];
  /** `2026-11-22`; the day of the clock where it is left out. */
  readonly today?: string;
}

/** A finding that somebody accepted. */
export interface WaivedFinding extends Finding {
  readonly waiver: Waiver;
}

/** What the checks found; a waived finding is shown, but does not count. */
export interface Findings {
  readonly findings: readonly Finding[];
  readonly waived: readonly WaivedFinding[];
}

/**
 * What the checks look at, on a connection that stands in a transaction with `search_path = ''`, so that the server
 * prints every name with its schema.
 */
export function checkContext(client: ClientBase, boundary: Boundary, options: RunOptions = {}): CheckContext {
  const { drift, waivers = [], today = new Date().toISOString().slice(0, 10) } = options;
  const context = {
    client,
    boundary: labelled(boundary),
    roles: boundary.roles,
    facts: liveFacts(client),
    waivers,
    today,
    found: new Set<string>(),
  };
  return { ...context, ...(drift ? { drift } : {}) };
}

/** Runs one check and completes what it found. */
export async function runCheck(check: Check, context: CheckContext): Promise<Finding[]> {
  const found = await check.run(context);
  return found.map((o) => {
    const place = placeOf(o, context.boundary);
    return {
      name: check.name,
      level: check.level,
      object: o.object,
      detail: o.detail,
      remedy: o.remedy,
      key: `${check.name}:${o.object}`,
      ...(place ? { place } : {}),
    };
  });
}

/** Runs checks one after the other; errors come first, then by name and object. */
export async function runChecks(checks: readonly Check[], context: CheckContext): Promise<Findings> {
  const all: Finding[] = [];
  for (const check of checks.filter((c) => !c.last)) all.push(...(await runCheck(check, context)));
  const found = new Set(all.map((f) => f.key));
  for (const check of checks.filter((c) => c.last))
    all.push(...(await runCheck(check, { ...context, found })));
  const rank = (f: Finding) => `${f.level === 'error' ? 0 : 1} ${f.key}`;
  all.sort((a, b) => (rank(a) < rank(b) ? -1 : 1));

  const live = new Map(context.waivers.filter((w) => holds(w, context.today)).map((w) => [w.key, w]));
  return {
    findings: all.filter((f) => !live.has(f.key)),
    waived: all.flatMap((f) => {
      const waiver = live.get(f.key);
      return waiver ? [{ ...f, waiver }] : [];
    }),
  };
}
