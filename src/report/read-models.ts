export type Outcome =
  | { readonly kind: 'read'; readonly rows: number }
  /** The database does not let this role read the table. */
  | { readonly kind: 'refused' }
  | { readonly kind: 'failed'; readonly message: string };

interface Reader {
  findMany(options: { take: number }): Promise<unknown[]>;
}

/**
 * Reads one row with all columns of each model through the generated client, under the signed context `token`.
 * @param url of the role to read as
 * @param models Prisma names, in the order in which to read
 */
export async function readModels(
  url: string,
  token: string,
  models: readonly string[],
): Promise<Map<string, Outcome>> {
  // Imported here, because a step of the report may just have generated it.
  const { PrismaPg } = await import('@prisma/adapter-pg');
  const { PrismaClient } = await import('../generated/prisma/client.ts');
  const client = new PrismaClient({
    adapter: new PrismaPg({ connectionString: url, max: 1 }),
    errorFormat: 'minimal',
  });
  const outcomes = new Map<string, Outcome>();
  try {
    // A failed read ends its transaction, so the rest goes on in another.
    while (outcomes.size < models.length) {
      await client.$transaction(
        async (transaction) => {
          await transaction.$executeRaw`SELECT app.set_context(${token})`;
          for (const model of models.slice(outcomes.size)) {
            const reader = (transaction as unknown as Record<string, Reader>)[accessor(model)];
            const outcome = await readOne(reader);
            outcomes.set(model, outcome);
            if (outcome.kind !== 'read') return;
          }
        },
        { maxWait: 10_000, timeout: 60_000 },
      );
    }
    return outcomes;
  } finally {
    await client.$disconnect();
  }
}

async function readOne(reader: Reader | undefined): Promise<Outcome> {
  if (!reader) return { kind: 'failed', message: 'the generated client does not know it' };
  try {
    return { kind: 'read', rows: (await reader.findMany({ take: 1 })).length };
  } catch (error) {
    if (serverCode(error) === '42501') return { kind: 'refused' };
    const text = error instanceof Error ? error.message : String(error);
    return { kind: 'failed', message: text.trim().split('\n').at(-1) ?? text };
  }
}

/** PostgreSQL's own code, where Prisma 7 and its adapter keep it. */
function serverCode(error: unknown): string | undefined {
  type Wrapped = { meta?: { driverAdapterError?: { cause?: { originalCode?: string } } } };
  return (error as Wrapped).meta?.driverAdapterError?.cause?.originalCode;
}

/** The client's property for a model: its name with the first letter in lower case. */
function accessor(model: string): string {
  return model.slice(0, 1).toLowerCase() + model.slice(1);
}
