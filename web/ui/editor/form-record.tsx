import { type ReactNode, useDeferredValue, useState } from 'react';
import type { FieldPath, FieldValues, UseFormReturn } from 'react-hook-form';
import type { AnyCollection } from '../../api/collection.ts';
import { useList, useRecord } from '../../api/records.ts';
import { Combobox } from '../combobox.tsx';
import { FormField } from '../form.tsx';

export interface FormRecordProps<V extends FieldValues> {
  readonly form: UseFormReturn<V>;
  readonly name: FieldPath<V>;
  readonly label: string;
  readonly collection: AnyCollection;
  /** The field that names a record: `name`, `title`. */
  readonly title: string;
  readonly required?: boolean;
}

interface Named {
  readonly id: string;
  readonly [field: string]: unknown;
}

/** Chooses a record of a collection by its name, such as the contact of a deal. */
export function FormRecord<V extends FieldValues>(props: FormRecordProps<V>): ReactNode {
  const { collection, title, ...field } = props;
  return (
    <FormField {...field}>
      {({ value, onChange }) => (
        <RecordBox value={value ?? ''} onChange={onChange} collection={collection} title={title} />
      )}
    </FormField>
  );
}

function RecordBox(props: {
  readonly value: string;
  readonly onChange: (id: string) => void;
  readonly collection: AnyCollection;
  readonly title: string;
}): ReactNode {
  const { value, onChange, collection, title } = props;
  const [search, setSearch] = useState('');
  const q = useDeferredValue(search.trim());
  const { data, isFetching } = useList<AnyCollection, Named>(collection, {
    fields: `id,${title}`,
    sort: title,
    limit: 20,
    ...(q ? { q } : {}),
  });
  const chosen = useRecord<AnyCollection, Named>(collection, value || undefined, { fields: `id,${title}` });
  return (
    <Combobox
      value={value}
      chosen={value ? String(chosen.data?.record[title] ?? '') : ''}
      onChange={onChange}
      onSearch={setSearch}
      loading={isFetching}
      options={(data?.data ?? []).map((row) => ({ value: row.id, label: String(row[title]) }))}
    />
  );
}
