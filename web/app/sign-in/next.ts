import { useQueryClient } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { forgetAll } from '../../api/session.ts';

/** Only pages of ours: an address elsewhere, however it is written, is not gone to after signing in. */
export function ownPath(next: unknown): string {
  if (typeof next !== 'string') return '/';
  const url = new URL(next, location.origin);
  return url.origin === location.origin && next.startsWith('/') ? `${url.pathname}${url.search}` : '/';
}

/** @returns goes where the person wanted to, as whoever is signed in now */
export function useEnter(): () => void {
  const client = useQueryClient();
  const { next } = useSearch({ strict: false }) as { next?: unknown };
  return () => {
    forgetAll(client);
    location.assign(ownPath(next));
  };
}
