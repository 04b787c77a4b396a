import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { answered } from './connection.ts';

/** Milliseconds in which changes are gathered before anything is read anew. */
const GATHER = 250;

/** Has what others change read anew, for as long as the page of the organization is open. */
export function useLive(slug: string): void {
  const client = useQueryClient();
  useEffect(() => {
    const source = new EventSource(`/v1/orgs/${encodeURIComponent(slug)}/events`);
    const changed = new Set<string>();
    let everything = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const refresh = () => {
      timer = undefined;
      const tables = new Set(changed);
      const all = everything;
      changed.clear();
      everything = false;
      void client.invalidateQueries({
        predicate: ({ meta, queryKey }) =>
          queryKey[0] === slug &&
          (all || ((meta?.tables as string[] | undefined) ?? []).some((t) => tables.has(t))),
      });
    };
    const note = (event: MessageEvent<string>) => {
      answered();
      const { table } = JSON.parse(event.data) as { table?: string };
      if (table) changed.add(table);
      else everything = true;
      timer ??= setTimeout(refresh, GATHER);
    };
    source.addEventListener('change', note);
    source.addEventListener('resync', note);
    return () => {
      clearTimeout(timer);
      source.close();
    };
  }, [client, slug]);
}
