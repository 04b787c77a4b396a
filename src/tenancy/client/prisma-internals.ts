import { LotlineError } from '../../errors.ts';

/** A query in Prisma's JSON protocol. `modelName` is absent for raw SQL. */
export interface ProtocolQuery {
  readonly modelName?: string;
  readonly action: string;
  readonly query: { readonly arguments?: Record<string, unknown>; readonly selection: unknown };
}

export interface TransactionInfo {
  readonly id: string;
}

interface TransactionOptions {
  /** The transaction in which a nested one starts. */
  readonly newTxId?: string;
}

/** What a Prisma client asks of its engine; the same from Prisma 6.16 to 7. */
export interface Engine {
  start(): Promise<void>;
  stop(): Promise<void>;
  version(): string;
  request(query: ProtocolQuery, options: { interactiveTransaction?: TransactionInfo }): Promise<unknown>;
  requestBatch(
    queries: readonly ProtocolQuery[],
    options: { transaction?: { kind: 'itx' | 'batch'; options: unknown } },
  ): Promise<unknown[]>;
  transaction(action: 'start', headers: object, options: TransactionOptions): Promise<TransactionInfo>;
  transaction(action: 'commit' | 'rollback', headers: object, info: TransactionInfo): Promise<undefined>;
}

export interface RequestHandler {
  request(params: { transaction?: { kind: string } }): Promise<unknown>;
}

/** The parts of a Prisma client that no public type shows. */
export interface ClientInternals {
  _engine: Engine;
  _requestHandler: RequestHandler;
  _originalClient: ClientInternals;
  _extensions: unknown;
  _engineConfig: { logEmitter: unknown };
  _createPrismaPromise: (callback: unknown) => object;
  $extends(extension: object): object;
  $transaction(input: unknown, options?: object): Promise<unknown>;
}

/**
 * The inside of a client, checked to be as this package knows it.
 * @throws LotlineError `PRISMA_UNSUPPORTED`
 */
export function internalsOf(client: object): ClientInternals {
  const inside = client as ClientInternals;
  const original = inside._originalClient;
  const engine = original?._engine;
  const known =
    typeof engine?.request === 'function' &&
    typeof engine.requestBatch === 'function' &&
    typeof engine.transaction === 'function' &&
    typeof original._requestHandler?.request === 'function' &&
    typeof original._createPrismaPromise === 'function' &&
    typeof original.$extends === 'function';
  if (known) return inside;
  throw new LotlineError(
    'PRISMA_UNSUPPORTED',
    'This Prisma client is built differently from those the tenant client knows.',
    'Use Prisma 6.16 to 7 with the driver adapter for PostgreSQL.',
  );
}
