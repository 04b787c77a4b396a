import type { ClientBase } from 'pg';
import type { Difference } from '../../../database/catalogue.ts';
import type { Boundary, Roles } from '../../boundary.ts';
import type { Place } from '../../scanner.ts';
import type { Facts } from '../facts/facts.ts';
import type { Waiver } from '../waivers/waiver.ts';

/** An error lets rows out, or breaks a promise of the schema; a warning costs speed or invites an error. */
export type Level = 'error' | 'warning';

/** One thing that is not in order, in the user's own names. */
export interface Observation {
  /** As the catalogue names it: `leads`, `leads.leads_select`, `app.notify`, `lotline_app`. Once per check. */
  readonly object: string;
  readonly detail: string;
  /** What to do. SQL that mends it as it stands is written between backticks. */
  readonly remedy: string;
  /** The table concerned, where the object's name does not begin with it. */
  readonly table?: string;
}

export interface Finding extends Omit<Observation, 'table'> {
  /** Name of the check. */
  readonly name: string;
  readonly level: Level;
  /** `<name>:<object>`, the same in every run, so that a finding can be referred to. */
  readonly key: string;
  /** Where the schema speaks of the object: the model it belongs to. Missing where no model does. */
  readonly place?: Place;
}

/** What a check looks at. It runs inside one read-only transaction with an empty search_path. */
export interface CheckContext {
  readonly client: ClientBase;
  readonly boundary: Boundary;
  readonly roles: Roles;
  /** What the live database holds; each part is read when it is first asked for. */
  readonly facts: Facts;
  /** Differences from what the declaration compiles to, explained; undefined when that was not compared. */
  readonly drift?: readonly DriftItem[];
  readonly waivers: readonly Waiver[];
  /** The day of the run in UTC, `2026-11-22`. */
  readonly today: string;
  /** Keys of what the other checks found, for those that run last. */
  readonly found: ReadonlySet<string>;
}

/** A difference between the declaration and the database, with its remedy. */
export interface DriftItem extends Difference, Observation {
  /** `table`, `column`, `policy`, … as in the key. */
  readonly kind: string;
  /** SQL for an administrator that makes the object what the schema declares; missing where rows decide how. */
  readonly statement?: string;
}

/** A check: one rule, found broken or kept. The file's name is the check's. */
export interface Check {
  readonly name: string;
  /** The rule that was broken, as a heading. */
  readonly title: string;
  /** What happens where the rule is not kept. */
  readonly why: string;
  /** How it is mended, in one sentence; a finding says it for its own object. */
  readonly mend: string;
  /** Rules of other tools that look for the same: `splinter 0013`, `pgrls SEC001`, `safegres A2`. */
  readonly also: readonly string[];
  readonly level: Level;
  /** It looks at the comparison with the declaration, which a quick run leaves out. */
  readonly needs?: 'drift';
  /** It looks at what the other checks found, so it runs after them. */
  readonly last?: true;
  run(context: CheckContext): Promise<Observation[]>;
}
