import { z } from '@hono/zod-openapi';
import type { Permission } from '../auth/permissions.ts';
import type { Origin, Person, Principal } from '../auth/principal.ts';
import type { Feature } from '../auth/tiers.ts';
import type { Db } from '../db.ts';

export { z };

/** What a handler of an organization's route is given. Everything is checked already. */
export interface Call<Params, Query, Body> {
  /** Bound to the organization and person; within the transaction of the request where it has an idempotency key. */
  readonly db: Db;
  readonly who: Principal;
  readonly origin: Origin;
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  /** Ends when the client goes away. */
  readonly signal: AbortSignal;
  /**
   * Does something outside the database (a letter, forgetting what is remembered) once what the request wrote is committed:
   * at once, or after the transaction of its idempotency key. Not where that rolls back.
   */
  readonly afterwards: (work: () => void) => void;
}

/** What a handler answers: the body alone for the route's first status, or with status and headers. */
export interface Answer<Body> {
  readonly status: number;
  readonly body?: Body;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface RouteAnswer {
  readonly description: string;
  /** Absent for an answer without a body. */
  readonly schema?: z.ZodType;
}

/**
 * One route of a module, under `/v1/orgs/{organization}`. The composition in `src/api` authenticates, checks the
 * permission and feature, validates, opens the tenant's client, handles idempotency keys, and turns errors into problems.
 */
export interface Route<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> {
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** Relative to the organization: `/leads/{leadId}/convert`. */
  readonly path: `/${string}`;
  readonly operationId: string;
  readonly summary: string;
  readonly description?: string;
  readonly permission: Permission;
  readonly feature?: Feature;
  readonly params?: P;
  readonly query?: Q;
  readonly body?: B;
  /** The answer holds a secret: with an idempotency key it is not kept, and a repetition is answered by a 204. */
  readonly secret?: true;
  /** Answers by status, the usual one first. Problems are added by the composition. */
  readonly answers: Readonly<Record<number, RouteAnswer>>;
  /** Codes of refusals beyond the common ones, for the reference. */
  readonly refusals?: Readonly<Record<string, string>>;
  readonly handler: (call: Call<z.output<P>, z.output<Q>, z.output<B>>) => Promise<unknown>;
}

export type AnyRoute = Route<z.ZodType, z.ZodType, z.ZodType>;

/** Declares a route; the types of the handler follow from the schemas. */
export function route<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType>(
  declared: Route<P, Q, B>,
): AnyRoute {
  return declared as unknown as AnyRoute;
}

const ANSWER = Symbol('answer');

/** An answer with another status than the route's first, or with headers. */
export function answer<Body>(
  status: number,
  body?: Body,
  headers: Record<string, string> = {},
): Answer<Body> {
  return { [ANSWER]: true, status, body, headers } as Answer<Body>;
}

export function isAnswer(value: unknown): value is Answer<unknown> {
  return typeof value === 'object' && value !== null && ANSWER in value;
}

/** What a route before the choice of an organization is given. */
export type PersonCall = { readonly person: Person; readonly origin: Origin };
