/** A Prisma client whose models are known by name alone. */
export interface AnyClient {
  $queryRawUnsafe<T = Row[]>(sql: string, ...values: unknown[]): Promise<T>;
  $executeRawUnsafe(sql: string, ...values: unknown[]): Promise<number>;
  $transaction<T>(work: (tx: AnyClient) => Promise<T>, options?: object): Promise<T>;
  $transaction(calls: readonly Promise<unknown>[], options?: object): Promise<unknown[]>;
  $bulkInsert(model: string, rows: readonly object[]): Promise<number>;
  $extends(extension: object): AnyClient;
}

export type Row = Record<string, unknown>;

export interface Delegate {
  findMany(args?: object): Promise<Row[]>;
  findFirst(args?: object): Promise<Row | null>;
  findUnique(args: object): Promise<Row | null>;
  findUniqueOrThrow(args: object): Promise<Row>;
  count(args?: object): Promise<number>;
  create(args: object): Promise<Row>;
  update(args: object): Promise<Row>;
  updateMany(args: object): Promise<{ count: number }>;
  delete(args: object): Promise<Row>;
  deleteMany(args?: object): Promise<{ count: number }>;
}

export function delegate(client: AnyClient, name: string): Delegate {
  return (client as unknown as Record<string, Delegate>)[name]!;
}

/** What a promise came to: the error as far as a caller sees it, or nothing. */
export async function failureOf(work: Promise<unknown>): Promise<Row | undefined> {
  try {
    await work;
    return undefined;
  } catch (error) {
    const { code, status, message, hint, model } = error as Record<string, unknown>;
    return { code, status, message, hint, model };
  }
}
