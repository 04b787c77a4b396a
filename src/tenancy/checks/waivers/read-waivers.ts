import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LotlineError } from '../../../errors.ts';
import { elementOffsets, positionOf } from './positions.ts';
import type { Waiver } from './waiver.ts';

/** Where waivers stand, relative to the root of the project. */
export const WAIVERS = 'prisma/waivers.json';

/** A sentence, not a word: whoever reads the waiver in a year has to see why. */
const REASON_LENGTH = 20;

/** Rules about waivers themselves cannot be waived. */
const NEVER = /^waiver-/;

/**
 * The waivers of a project, a JSON array of `{key, reason, until?}`; none where there is no file.
 * @param checks names of all checks, which a key has to begin with.
 * @throws LotlineError `WAIVERS_INVALID` with file, line and column for what is no JSON, has no reason, names no
 * check, says a date that does not exist, or stands there twice.
 */
export function readWaivers(root: string, checks: readonly string[]): Waiver[] {
  let text: string;
  try {
    text = readFileSync(join(root, WAIVERS), 'utf8');
  } catch (error) {
    if ((error as { code?: string }).code === 'ENOENT') return [];
    throw error;
  }
  return parseWaivers(text, checks);
}

/** As `readWaivers`, from the text of the file. */
export function parseWaivers(text: string, checks: readonly string[]): Waiver[] {
  const entries = parseList(text);
  const offsets = elementOffsets(text);
  const seen = new Set<string>();
  return entries.map((entry, i) => {
    const offset = offsets[i] ?? 0;
    const fault = faultOf(entry, checks) ?? (seen.has((entry as Waiver).key) ? 'is waived twice' : undefined);
    if (fault) throw invalid(text, offset, `${nameOf(entry)} ${fault}`);
    const { key, reason, until } = entry as Waiver;
    seen.add(key);
    return { key, reason, ...(until === undefined ? {} : { until }), line: positionOf(text, offset).line };
  });
}

function parseList(text: string): unknown[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    const offset = Number(/at position (\d+)/.exec((error as Error).message)?.[1] ?? text.length);
    throw invalid(text, offset, 'the file is not JSON');
  }
  if (!Array.isArray(parsed)) throw invalid(text, 0, 'the file is not a list');
  return parsed;
}

function faultOf(entry: unknown, checks: readonly string[]): string | undefined {
  if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) return 'is not {key, reason}';
  const { key, reason, until, ...more } = entry as Record<string, unknown>;
  if (typeof key !== 'string' || !/^[a-z-]+:./.test(key)) return 'has no key of the form check:object';
  const check = key.slice(0, key.indexOf(':'));
  if (NEVER.test(check)) return 'is about a waiver, which cannot be waived';
  if (!checks.includes(check)) return `names the check ${check}, which does not exist`;
  if (typeof reason !== 'string' || reason.trim().length < REASON_LENGTH)
    return `has no reason of at least ${REASON_LENGTH} characters`;
  if (until !== undefined && !isDay(until)) return 'has an until that is no day like 2027-03-31';
  const unknown = Object.keys(more)[0];
  return unknown === undefined ? undefined : `has "${unknown}", which means nothing here`;
}

function isDay(value: unknown): boolean {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const day = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(value);
}

function nameOf(entry: unknown): string {
  const key = (entry as { key?: unknown } | null)?.key;
  return typeof key === 'string' ? `the waiver of "${key}"` : 'a waiver';
}

function invalid(text: string, offset: number, fault: string): LotlineError {
  const { line, column } = positionOf(text, offset);
  return new LotlineError(
    'WAIVERS_INVALID',
    `${WAIVERS}:${line}:${column}: ${fault}.`,
    'write a list of {"key": "<check>:<object>", "reason": "why this is accepted", "until": "2027-03-31"}; until may be left out',
  );
}
