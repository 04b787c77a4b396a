import type { Difference } from '../../../database/catalogue.ts';
import { quoteIdent as q, quoteLiteral } from '../../../database/quote.ts';

/** `numeric(6,2) collate x not null default 1`, taken apart. */
interface Printed {
  readonly type: string;
  readonly notNull: boolean;
  readonly default?: string;
  readonly generated?: string;
}

/** What makes a column what is declared; undefined where a generated expression differs, which only a new column can have. */
export function columnSql(
  table: string,
  column: string,
  { change, expected = '', actual = '' }: Difference,
): string | undefined {
  if (change === 'missing') return `ALTER TABLE ${table} ADD COLUMN ${q(column)} ${expected};`;
  const [wanted, had] = [read(expected), read(actual)];
  if (wanted.generated !== had.generated) return undefined;
  const alter = `ALTER COLUMN ${q(column)}`;
  const parts = [
    // A default of the old type would stand in the way of the new one.
    ...(wanted.type === had.type
      ? []
      : [
          ...(had.default ? [`${alter} DROP DEFAULT`] : []),
          `${alter} TYPE ${wanted.type} USING ${q(column)}::${wanted.type.replace(/ collate .*/, '')}`,
        ]),
    ...(wanted.default === had.default && wanted.type === had.type
      ? []
      : wanted.default
        ? [`${alter} SET DEFAULT ${wanted.default}`]
        : had.default
          ? [`${alter} DROP DEFAULT`]
          : []),
    ...(wanted.notNull === had.notNull ? [] : [`${alter} ${wanted.notNull ? 'SET' : 'DROP'} NOT NULL`]),
  ];
  return `ALTER TABLE ${table} ${parts.join(', ')};`;
}

function read(printed: string): Printed {
  const [, type = '', notNull, rest = ''] =
    /^(.+?)( not null)?( default .*| generated .*)?$/s.exec(printed) ?? [];
  return {
    type,
    notNull: notNull !== undefined,
    ...(rest.startsWith(' default ') ? { default: rest.slice(9) } : {}),
    ...(rest.startsWith(' generated ') ? { generated: rest } : {}),
  };
}

/** Values can be added to an enum, not taken away. */
export function enumSql(
  type: string,
  { change, expected = '', actual = '' }: Difference,
): string | undefined {
  const wanted = expected.split(', ');
  if (change === 'missing') return `CREATE TYPE ${type} AS ENUM (${wanted.map(quoteLiteral).join(', ')});`;
  const had = actual.split(', ');
  if (had.some((value) => !wanted.includes(value))) return undefined;
  const missing = wanted.filter((value) => !had.includes(value));
  return missing
    .map((value) => {
      const before = wanted[wanted.indexOf(value) - 1];
      return `ALTER TYPE ${type} ADD VALUE ${quoteLiteral(value)} ${before === undefined ? `BEFORE ${quoteLiteral(wanted[1]!)}` : `AFTER ${quoteLiteral(before)}`};`;
    })
    .join(' ');
}
