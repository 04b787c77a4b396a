import type { Note, Person, StaffAction } from '../../auth/index.ts';
import type { Db } from '../../db.ts';
import { z } from '../../http/index.ts';

export interface StaffCall<Params, Query, Body> {
  /** The transaction of the deed as lotline_platform, past all tenants. */
  readonly db: Db;
  readonly person: Person;
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  /** What the audit log keeps besides the reason. */
  readonly note: Note;
}

/**
 * One route of the platform's staff, under `/v1/platform`. The composition lets staff with a session in, validates, opens the
 * transaction, and writes the audit log in it.
 */
export interface StaffRoute<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> {
  readonly method: 'get' | 'post' | 'put' | 'patch';
  readonly path: `/${string}`;
  readonly operationId: string;
  readonly summary: string;
  readonly description?: string;
  /** Says with STAFF_ACTIONS which role may, and stands in the audit log. */
  readonly action: StaffAction;
  /** `target_type` of the audit log, and the parameter of the path that holds `target_id`; `*` without one. */
  readonly target: { readonly type: string; readonly param?: string };
  /** Whether somebody must say why. Writes must always. */
  readonly reason: 'required' | 'optional';
  readonly params?: P;
  readonly query?: Q;
  /** An object; the composition adds `reason` to it. */
  readonly body?: B;
  readonly answer: { readonly description: string; readonly schema: z.ZodType };
  readonly refusals?: Readonly<Record<string, string>>;
  readonly handler: (call: StaffCall<z.output<P>, z.output<Q>, z.output<B>>) => Promise<unknown>;
  /** After the transaction, however it ended. */
  readonly afterwards?: () => void;
}

export type AnyStaffRoute = StaffRoute<z.ZodType, z.ZodType, z.ZodType>;

export function staffRoute<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType>(
  declared: StaffRoute<P, Q, B>,
): AnyStaffRoute {
  return declared as unknown as AnyStaffRoute;
}

/** Why, as `reason` of a body and as X-Reason. */
export const Reason = z.string().trim().min(1).max(2000);
