import { useMemo, useState } from 'react';
import type { SchemaModel } from '../../api/models.ts';
import type { Column } from '../../ui/grid/columns.ts';
import { fieldTitle } from '../../ui/names.ts';
import { Cell } from './cell.tsx';
import { titleField } from './specs.ts';

export type Row = Readonly<Record<string, unknown>>;

export interface Columns {
  readonly chosen: readonly string[];
  readonly shown: readonly Column<Row>[];
  toggle(field: string): void;
}

const WIDTHS: Readonly<Record<string, string>> = {
  uuid: '8.5rem',
  timestamp: '12rem',
  date: '8rem',
  boolean: '7rem',
  enum: '9rem',
  integer: '8rem',
  decimal: '9rem',
};
const FIRST = 8;
const KEY = 'lotline.columns.';

/** The columns of a model’s table: what names a row, then what tells most, as chosen in this browser. */
export function useColumns(model: SchemaModel): Columns {
  const [chosen, setChosen] = useState<readonly string[]>(() => kept(model) ?? usual(model));
  const shown = useMemo(
    () =>
      chosen
        .map((name) => model.fields.find((f) => f.name === name))
        .filter((field) => field !== undefined)
        .map(
          (field, i): Column<Row> => ({
            id: field.name,
            header: fieldTitle(field.name),
            width: i === 0 ? 'minmax(11rem, 2fr)' : `minmax(${WIDTHS[field.kind] ?? '10rem'}, 1fr)`,
            ...(field.sortable ? { sort: field.name } : {}),
            ...(['integer', 'decimal', 'bigint', 'float'].includes(field.kind)
              ? { align: 'end' as const }
              : {}),
            cell: (row) => <Cell field={field} value={row[field.name]} />,
          }),
        ),
    [model, chosen],
  );
  return {
    chosen,
    shown,
    toggle: (field) => {
      const next = chosen.includes(field) ? chosen.filter((f) => f !== field) : [...chosen, field];
      if (next.length === 0) return;
      localStorage.setItem(KEY + model.name, next.join(','));
      setChosen(next);
    },
  };
}

function kept(model: SchemaModel): readonly string[] | undefined {
  const names = localStorage.getItem(KEY + model.name)?.split(',');
  const there = names?.filter((name) => model.fields.some((f) => f.name === name));
  return there && there.length > 0 ? there : undefined;
}

function usual(model: SchemaModel): readonly string[] {
  const title = titleField(model);
  const rest = model.fields.filter(
    (f) =>
      f !== title &&
      !['organizationId', 'id', 'createdAt', 'updatedAt'].includes(f.name) &&
      f.kind !== 'json',
  );
  return [...(title ? [title.name] : []), ...rest.map((f) => f.name), 'createdAt'].slice(0, FIRST);
}
