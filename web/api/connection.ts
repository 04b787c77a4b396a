import { useSyncExternalStore } from 'react';

/** Whether the server can be reached, as the last request found it. */
export type Connection = 'connected' | 'offline' | 'unreachable';

const LOOK = 2_000;

let current: Connection = navigator.onLine ? 'connected' : 'offline';
let timer: ReturnType<typeof setTimeout> | undefined;
const listeners = new Set<() => void>();

function set(next: Connection): void {
  if (next === current) return;
  current = next;
  for (const listener of listeners) listener();
}

/** Tells that the server answered. */
export function answered(): void {
  clearTimeout(timer);
  timer = undefined;
  set('connected');
}

/** Tells that it did not; from then on it is asked every two seconds until it does. */
export function unanswered(): void {
  set(navigator.onLine ? 'unreachable' : 'offline');
  timer ??= setTimeout(look, LOOK);
}

async function look(): Promise<void> {
  timer = undefined;
  try {
    const response = await fetch('/readyz', { signal: AbortSignal.timeout(LOOK), cache: 'no-store' });
    if (response.ok) answered();
    else unanswered();
  } catch {
    unanswered();
  }
}

/** Begins to listen to what the browser says of the network. @returns ends it */
export function watchNetwork(): () => void {
  const lost = () => unanswered();
  const back = () => void look();
  addEventListener('offline', lost);
  addEventListener('online', back);
  return () => {
    removeEventListener('offline', lost);
    removeEventListener('online', back);
  };
}

export function onConnection(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const connectionNow = (): Connection => current;

/** The connection as a page sees it. */
export const useConnection = (): Connection => useSyncExternalStore(onConnection, connectionNow);
