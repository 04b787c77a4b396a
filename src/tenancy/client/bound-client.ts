import { LotlineError } from '../../errors.ts';
import { BoundEngine } from './bound-engine.ts';
import type { Binding, Calls } from './calls.ts';
import { tenancyError } from './errors.ts';
import {
  type ClientInternals,
  internalsOf,
  type ProtocolQuery,
  type RequestHandler,
} from './prisma-internals.ts';
import { type Attempts, isWriteConflict, retrying } from './retry.ts';

/** On each promise: the client that made it, also where Prisma wraps the promise for fluent calls. */
const MADE_BY = Symbol('made by');

type Marked = { [MADE_BY]?: object };

type HandlerClass = new (client: object, logEmitter: unknown) => RequestHandler;

/** Makes bound clients of one base client. Built once: what does not depend on the tenant is done here. */
export function clientBinder(base: object, calls: Calls): (binding: Binding, options: BindOptions) => object {
  const inside = internalsOf(base);
  const original = inside._originalClient;
  const Handler = typedErrors(original._requestHandler.constructor as HandlerClass);

  return (binding, options) => {
    // A client of the same class with an engine and a request handler of its own. It is its own original, so that
    // what $extends makes of it stays bound; its handler gathers no calls of other tenants into one query.
    const bound: ClientInternals = Object.assign(Object.create(Object.getPrototypeOf(original)), original);
    const transactions = new WeakSet<object>();
    const make = original._createPrismaPromise;
    bound._originalClient = bound;
    bound._engine = new BoundEngine(original._engine, calls, binding, options);
    bound._requestHandler = new Handler(bound, original._engineConfig.logEmitter);
    bound._createPrismaPromise = (callback) => {
      const promise: Marked = make(callback);
      promise[MADE_BY] = bound;
      return promise;
    };
    bound.$transaction = function (input, settings) {
      return transact({ client: this, bound, transactions }, options.attempts, input, settings);
    };
    Object.assign(bound, options.properties);
    // $extends puts the models on a client; an extension, even an empty one, would make Prisma look at every result.
    bound._extensions = { append: () => inside._extensions };
    const client = bound.$extends({});
    bound._extensions = inside._extensions;
    return client;
  };
}

export interface BindOptions {
  readonly rewrite: (query: ProtocolQuery) => ProtocolQuery;
  readonly attempts: Attempts;
  /** What the client has beyond Prisma's own. */
  readonly properties: object;
}

/** The client's own request handler, whose errors have become few and typed. */
function typedErrors(Base: HandlerClass): HandlerClass {
  return class extends Base {
    override async request(params: { transaction?: { kind: string }; modelName?: string }): Promise<unknown> {
      try {
        return await super.request(params);
      } catch (error) {
        throw tenancyError(error, params.modelName);
      }
    }
  };
}

/** What $transaction was called on, the bound client behind it, and the clients of its transactions. */
interface Called {
  readonly client: ClientInternals;
  readonly bound: ClientInternals;
  readonly transactions: WeakSet<object>;
}

/** $transaction of the class, for promises of this client only, and repeated when it met another's writes. */
async function transact(
  { client, bound, transactions }: Called,
  attempts: Attempts,
  input: unknown,
  options?: { retries?: number },
): Promise<unknown> {
  const run = Object.getPrototypeOf(bound).$transaction as ClientInternals['$transaction'];
  const { retries = attempts.retries, ...rest } = options ?? {};
  try {
    if (Array.isArray(input)) {
      if (input.some((p) => p?.[MADE_BY] !== bound)) throw FOREIGN_PROMISE();
      // The engine repeats a batch: its promises can be asked only once.
      return await run.call(client, input, rest);
    }
    const work = (tx: object) => {
      transactions.add(tx);
      return (input as (tx: object) => unknown)(tx);
    };
    // A transaction within one is lost with the outer, which begins anew.
    const repeats = transactions.has(client) ? 0 : retries;
    return await retrying(
      { ...attempts, retries: repeats },
      (e) => isWriteConflict(causeOf(e)),
      () => run.call(client, work, rest),
    );
  } catch (error) {
    throw tenancyError(error);
  }
}

const causeOf = (error: unknown) => (error instanceof LotlineError ? (error.cause ?? error) : error);

const FOREIGN_PROMISE = () =>
  new LotlineError(
    'FOREIGN_PROMISE',
    'A call in $transaction([…]) was not made with this client.',
    'Make every call of one transaction with the same bound client.',
  );
