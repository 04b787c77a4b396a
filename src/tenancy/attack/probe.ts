/** What a statement did: rows that it returned or touched with a fingerprint of them, or the error it met. */
export type Outcome =
  | { readonly rows: number; readonly seen?: string }
  | { readonly code: string; readonly message: string; readonly constraint?: string };

/** What has to come out. */
export type Expectation =
  /** So many rows, and where `seen` is given exactly these. */
  | { readonly rows: number; readonly seen?: string }
  /** This SQLSTATE, with a message that matches. */
  | { readonly refused: string; readonly says?: RegExp }
  /** Anything but this SQLSTATE, which a trap raises. */
  | { readonly not: string }
  /** One of several. */
  | { readonly either: readonly Expectation[] };

/** One attack, or one control that shows what the same statement does where it is allowed. */
export interface Probe {
  readonly family: string;
  /** Table, function, view or other object. */
  readonly object: string;
  readonly operation: string;
  readonly actor: string;
  /** An allowed operation, which has to work. */
  readonly control?: boolean;
  /** SQL that the superuser runs before, undone after the probe. */
  readonly prepare?: string;
  /** Role under which the attack runs. */
  readonly role: string;
  /** Statements of the attacker before the one that counts; an error in them is the outcome too. */
  readonly enter: string;
  readonly statement: string;
  readonly expect: Expectation;
  /** A second way of preparing under which the outcome must be the very same: nothing may tell the two apart. */
  readonly otherwise?: string;
  /** A second statement, in place of the first, whose outcome must be the very same. */
  readonly instead?: string;
  /** What the superuser asks afterwards; it must find no row. */
  readonly afterwards?: string;
}

/** How a probe ended. */
export type Verdict = 'held' | 'leak' | 'lost' | 'inconclusive';

export interface Finding {
  readonly verdict: Exclude<Verdict, 'held'>;
  readonly stage: string;
  readonly probe: Probe;
  readonly outcome: string;
  readonly expected: string;
}

/**
 * A leak shows or does more than it may; a control that is lost allows less than declared; any other error than the
 * expected one proves nothing either way.
 */
export function judge(expect: Expectation, outcome: Outcome): Verdict {
  if ('either' in expect) {
    const verdicts = expect.either.map((e) => judge(e, outcome));
    return (
      verdicts.find((v) => v === 'held') ??
      verdicts.find((v) => v === 'inconclusive') ??
      verdicts.find((v) => v === 'lost') ??
      'leak'
    );
  }
  if ('not' in expect) return 'code' in outcome && outcome.code === expect.not ? 'leak' : 'held';
  if ('refused' in expect) {
    // A COPY FROM that waits for rows was let in.
    if ('rows' in outcome || /COPY from stdin failed/.test(outcome.message)) return 'leak';
    return outcome.code === expect.refused && (expect.says?.test(outcome.message) ?? true)
      ? 'held'
      : 'inconclusive';
  }
  if (!('rows' in outcome)) return expect.rows > 0 && outcome.code === '42501' ? 'lost' : 'inconclusive';
  if (outcome.rows === expect.rows)
    return expect.seen === undefined || expect.seen === outcome.seen ? 'held' : 'leak';
  return outcome.rows > expect.rows ? 'leak' : 'lost';
}

/** An outcome or expectation as a line for people. */
export function describe(value: Outcome | Expectation): string {
  if ('either' in value) return value.either.map(describe).join(' or ');
  if ('not' in value) return `anything but ${value.not}`;
  if ('refused' in value) return `refused ${value.refused}`;
  if ('code' in value) return `${value.code} ${value.message}`;
  return `${value.rows} rows${value.seen === undefined ? '' : ` (${value.seen.slice(0, 8)})`}`;
}

export const REFUSED: Expectation = { refused: '42501' };
export const NOTHING: Expectation = { rows: 0 };
