import { useCallback, useEffect, useRef } from 'react';
import type { FieldValues, UseFormReturn } from 'react-hook-form';
import { changedFields } from './merge.ts';

const PREFIX = 'lotline.draft.';
const SETTLE = 300;

/**
 * Keeps what was typed into a form until it is saved: through a reload, an expired session, a restart of the server. Stands in
 * this tab alone.
 * @param key names the form and its record: `contacts/0199…`
 * @returns forgets the draft, once it is saved or given up
 */
export function useDraft<T extends FieldValues>(key: string, form: UseFormReturn<T>): () => void {
  const name = PREFIX + key;
  const latest = useRef(form);
  latest.current = form;
  useEffect(() => {
    const kept = sessionStorage.getItem(name);
    for (const [field, value] of Object.entries(kept ? (JSON.parse(kept) as object) : {}))
      latest.current.setValue(field as never, value as never, { shouldDirty: true });
    let timer: ReturnType<typeof setTimeout> | undefined;
    const write = () => {
      const { formState, getValues } = latest.current;
      const values = getValues() as Record<string, unknown>;
      const typed = changedFields((formState.defaultValues ?? {}) as Record<string, unknown>, values);
      if (typed.length === 0) sessionStorage.removeItem(name);
      else sessionStorage.setItem(name, JSON.stringify(Object.fromEntries(typed.map((f) => [f, values[f]]))));
    };
    const stop = latest.current.subscribe({
      formState: { values: true },
      callback: () => {
        clearTimeout(timer);
        timer = setTimeout(write, SETTLE);
      },
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [name]);
  return useCallback(() => sessionStorage.removeItem(name), [name]);
}

/** Forgets what was typed by who signs out, before somebody else sits down at this tab. */
export function forgetDrafts(): void {
  for (const key of Object.keys(sessionStorage)) if (key.startsWith(PREFIX)) sessionStorage.removeItem(key);
}
