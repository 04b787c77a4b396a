import { quoteIdent } from '../database/quote.ts';

/** What a format or range needs to know of its column. */
export interface FormatContext {
  readonly column: string;
  readonly tenantColumn?: string;
}

type Format = (c: string, context: FormatContext) => string;

/**
 * Formats that recur in every schema, each the SQL condition for a column. A null passes, as in any check.
 * Limits: e-mail 320 octets (RFC 5321 §4.5.3.1: 64 + @ + 255), currency ISO 4217, country ISO 3166-1 alpha-2.
 */
const FORMATS: Record<string, Format> = {
  email: (c) => `${c} = lower(${c}) AND char_length(${c}) BETWEEN 3 AND 320 AND ${c} LIKE '%_@_%'`,
  url: (c) => `${c} ~ '^https?://' AND char_length(${c}) <= 500`,
  slug: (c) => `${c} ~ '^[a-z0-9]+(-[a-z0-9]+)*$' AND char_length(${c}) <= 255`,
  currency: (c) => `${c} ~ '^[A-Z]{3}$'`,
  country: (c) => `${c} ~ '^[A-Z]{2}$'`,
  zip: (c) => `${c} ~ '^[0-9]{5}(-[0-9]{4})?$'`,
  sha256: (c) => `octet_length(${c}) = 32`,
  'json-object': (c) => `jsonb_typeof(${c}) = 'object'`,
  'json-array': (c) => `jsonb_typeof(${c}) = 'array'`,
  'storage-key': (c, { tenantColumn }) =>
    `starts_with(${c}, ${quoteIdent(tenantColumn ?? '')}::text || '/') AND char_length(${c}) <= 500`,
  embedding: (c) => `cardinality(${c}) IN (0, 1536)`,
};

/** The condition of `@format name`, or the fault. */
export function formatSql(name: string, context: FormatContext): { sql: string } | { fault: string } {
  const format = FORMATS[name];
  if (!format) return { fault: `unknown format "${name}". Formats are ${Object.keys(FORMATS).join(', ')}` };
  if (name === 'storage-key' && !context.tenantColumn)
    return { fault: 'storage-key needs a model with a tenant' };
  return { sql: format(quoteIdent(context.column), context) };
}

/** The condition of `@length 1..200` or `@length ..500`. */
export function lengthSql(argument: string, column: string): { sql: string } | { fault: string } {
  const [, low, high] = /^(\d+)?\.\.(\d+)$/.exec(argument) ?? [];
  if (high === undefined || Number(low ?? 0) > Number(high)) return { fault: 'write "1..200" or "..500"' };
  const length = `char_length(${quoteIdent(column)})`;
  return { sql: low === undefined ? `${length} <= ${high}` : `${length} BETWEEN ${low} AND ${high}` };
}

/** The condition of `@range 0..100`, `@range > 0`, `@range >= -1`. */
export function rangeSql(argument: string, column: string): { sql: string } | { fault: string } {
  const name = quoteIdent(column);
  const [, low, high] = /^(-?[\d.]+?)\.\.(-?[\d.]+)$/.exec(argument) ?? [];
  if (low !== undefined && high !== undefined && Number(low) <= Number(high)) {
    return { sql: `${name} BETWEEN ${low} AND ${high}` };
  }
  const [, operator, bound] = /^(>=|>|<=|<)\s*(-?[\d.]+)$/.exec(argument) ?? [];
  if (operator) return { sql: `${name} ${operator} ${bound}` };
  return { fault: 'write "0..100", ">= 0" or "> 0"' };
}
