import type { components } from '../generated/api.d.ts';

type Schemas = components['schemas'];

/** A collection of the data API with the types of its records. */
export interface Collection<Row, Create, Update> {
  /** As in addresses: `transaction-loops`. */
  readonly name: string;
  /** As live updates name it: `transaction_loops`. */
  readonly table: string;
  /** For types alone. */
  readonly types?: { row: Row; create: Create; update: Update };
}

// biome-ignore lint/suspicious/noExplicitAny: a collection of any model
export type AnyCollection = Collection<any, any, any>;
export type RowOf<C extends AnyCollection> = NonNullable<C['types']>['row'];
export type CreateOf<C extends AnyCollection> = NonNullable<C['types']>['create'];
export type UpdateOf<C extends AnyCollection> = NonNullable<C['types']>['update'];

type Part<Name extends string> = Name extends keyof Schemas ? Schemas[Name] : never;

/**
 * Names a collection with its model, whose types the API documents: `collection<'Contact'>('contacts')`.
 * @param name as in addresses, which is the table’s with hyphens
 */
export function collection<M extends keyof Schemas & string>(
  name: string,
): Collection<Schemas[M], Part<`${M}Create`>, Part<`${M}Update`>> {
  return { name, table: name.replaceAll('-', '_') };
}
