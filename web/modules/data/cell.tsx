import type { ReactNode } from 'react';
import type { SchemaField } from '../../api/models.ts';
import { day, moment, words } from '../../ui/format.ts';

/** A value as its column’s kind shows it, in a line. */
export function Cell({ field, value }: { readonly field: SchemaField; readonly value: unknown }): ReactNode {
  if (value === null || value === undefined) return <span className="text-faint">–</span>;
  if (Array.isArray(value))
    return value.length === 0 ? <span className="text-faint">–</span> : value.join(', ');
  switch (field.kind) {
    case 'timestamp':
      return <span className="tabular">{moment(String(value))}</span>;
    case 'date':
      return <span className="tabular">{day(String(value))}</span>;
    case 'enum':
      return words(String(value));
    case 'boolean':
      return value === true ? 'Yes' : 'No';
    case 'json':
      return <code className="text-sm">{JSON.stringify(value)}</code>;
    case 'uuid':
      return <code className="text-sm">{String(value).slice(0, 8)}…</code>;
    default:
      return String(value);
  }
}
