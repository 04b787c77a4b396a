import { useCallback, useEffect, useRef } from 'react';
import type { FieldValues, UseFormReturn } from 'react-hook-form';

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
  const restored = useRef<string>(undefined);
  useEffect(() => {
    if (restored.current === name) return;
    restored.current = name;
    const kept = sessionStorage.getItem(name);
    if (!kept) return;
    const values = JSON.parse(kept) as Record<string, unknown>;
    for (const [field, value] of Object.entries(values))
      form.setValue(field as never, value as never, { shouldDirty: true });
  }, [form, name]);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const write = () => {
      const { dirtyFields } = form.formState;
      const all = form.getValues() as Record<string, unknown>;
      const typed = Object.fromEntries(Object.keys(dirtyFields).map((field) => [field, all[field]]));
      if (Object.keys(typed).length > 0) sessionStorage.setItem(name, JSON.stringify(typed));
      else sessionStorage.removeItem(name);
    };
    const stop = form.subscribe({
      formState: { values: true, dirtyFields: true },
      callback: () => {
        clearTimeout(timer);
        timer = setTimeout(write, SETTLE);
      },
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [form, name]);
  return useCallback(() => sessionStorage.removeItem(name), [name]);
}
