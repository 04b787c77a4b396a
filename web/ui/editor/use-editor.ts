import { useEffect, useRef, useState } from 'react';
import { type DefaultValues, type FieldValues, type UseFormReturn, useForm } from 'react-hook-form';
import type { AnyCollection, CreateOf, RowOf, UpdateOf } from '../../api/collection.ts';
import { useOrganization } from '../../api/organization.tsx';
import { asProblem, type Problem } from '../../api/problem.ts';
import { readRecord, useChange, useCreate, type Versioned } from '../../api/records.ts';
import { applyProblem } from '../apply-problem.ts';
import { useDraft } from './draft.ts';
import { type Conflict, changedFields, merge } from './merge.ts';

export interface EditorOptions<C extends AnyCollection, V extends FieldValues> {
  readonly collection: C;
  /** The record that is changed, as it was read; none makes a new one. */
  readonly record?: Versioned<RowOf<C>> | undefined;
  /** What the form shows of a record; of `undefined`, what a new one begins with. */
  readonly toValues: (row: RowOf<C> | undefined) => V;
  /** What is sent, by the fields of the form, which are those of the record. */
  readonly toInput: (values: V) => Readonly<Record<string, unknown>>;
  readonly onSaved: (saved: Versioned<RowOf<C>>) => void;
  /** Further headers of the request, such as the reason of staff. */
  readonly headers?: () => Readonly<Record<string, string>>;
}

/** A form over one record. */
export interface Editor<V extends FieldValues> {
  readonly form: UseFormReturn<V>;
  readonly saving: boolean;
  /** What was refused and belongs to no field. */
  readonly problem: Problem | undefined;
  /** Fields that somebody else changed too; saving waits until each is decided. */
  readonly conflicts: readonly Conflict[];
  decide(field: string, take: 'mine' | 'theirs'): void;
  save(values: V): Promise<void>;
  /** Gives up what was typed. */
  discard(): void;
}

/**
 * Edits a record: keeps a draft in this tab, takes in what others save meanwhile, sends only the fields that were changed
 * with the version they were made of, and makes a new record once however often it is sent.
 */
export function useEditor<C extends AnyCollection, V extends FieldValues>(
  options: EditorOptions<C, V>,
): Editor<V> {
  const { collection, record, toValues, toInput, onSaved } = options;
  const { api, slug } = useOrganization();
  const id = (record?.record as { id?: string } | undefined)?.id;
  const [base, setBase] = useState(record);
  const [problem, setProblem] = useState<Problem>();
  const [conflicts, setConflicts] = useState<readonly Conflict[]>([]);
  const key = useRef(crypto.randomUUID());
  const form = useForm<V>({ defaultValues: toValues(record?.record) as DefaultValues<V> });
  const forget = useDraft(`${slug}/${collection.name}/${id ?? 'new'}`, form);
  const create = useCreate(collection);
  const change = useChange(collection);

  /** Takes in what the record became. @returns the fields that both changed */
  const absorb = (fresh: Versioned<RowOf<C>>): readonly Conflict[] => {
    const [before, now] = [toValues(base?.record), toValues(fresh.record)];
    const merged = merge(before, form.getValues(), now);
    form.reset(now as DefaultValues<V>, { keepErrors: true });
    for (const field of changedFields(now, merged.values))
      form.setValue(field as never, merged.values[field] as never, { shouldDirty: true });
    setBase(fresh);
    setConflicts(merged.conflicts);
    return merged.conflicts;
  };
  const latest = useRef(absorb);
  latest.current = absorb;
  const etag = base?.etag;
  useEffect(() => {
    if (record && etag !== undefined && record.etag !== etag) latest.current(record);
  }, [record, etag]);

  const send = async (values: V, against: Versioned<RowOf<C>> | undefined): Promise<Versioned<RowOf<C>>> => {
    const input = toInput(values);
    if (!against || id === undefined)
      return create.mutateAsync({
        values: input as CreateOf<C>,
        key: key.current,
        headers: options.headers?.(),
      });
    const fields = changedFields(toValues(against.record), values);
    if (fields.length === 0) return against;
    const changes = Object.fromEntries(fields.map((field) => [field, input[field]])) as UpdateOf<C>;
    return change.mutateAsync({ id, changes, etag: against.etag, headers: options.headers?.() });
  };
  const attempt = async (values: V): Promise<Versioned<RowOf<C>> | undefined> => {
    try {
      return await send(values, base);
    } catch (error) {
      if (asProblem(error).code !== 'STALE' || id === undefined) throw error;
      const fresh = await readRecord<RowOf<C>>(api, collection, id);
      return absorb(fresh).length > 0 ? undefined : await send(form.getValues(), fresh);
    }
  };
  return {
    form,
    saving: create.isPending || change.isPending,
    problem,
    conflicts,
    decide: (field, take) => {
      const conflict = conflicts.find((c) => c.field === field);
      if (conflict && take === 'theirs')
        form.setValue(field as never, conflict.theirs as never, { shouldDirty: true });
      setConflicts(conflicts.filter((c) => c.field !== field));
    },
    save: async (values) => {
      setProblem(undefined);
      if (conflicts.length > 0) return;
      try {
        const saved = await attempt(values);
        if (!saved) return;
        forget();
        setBase(saved);
        form.reset(toValues(saved.record) as DefaultValues<V>);
        key.current = crypto.randomUUID();
        onSaved(saved);
      } catch (error) {
        setProblem(applyProblem(form, asProblem(error)));
      }
    },
    discard: () => {
      forget();
      setConflicts([]);
      setProblem(undefined);
      form.reset(toValues(base?.record) as DefaultValues<V>);
    },
  };
}
