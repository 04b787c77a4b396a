import { setTimeout as pause } from 'node:timers/promises';
import { readEvents } from '../support/event-stream.ts';

/** Follows the stream of changes as a browser does: cut off, it comes back. */
export function watchEvents(url: string, key: string): { count(): number; close(): Promise<void> } {
  const closing = new AbortController();
  let count = 0;
  const watching = (async () => {
    while (!closing.signal.aborted) {
      try {
        const headers = { authorization: `Bearer ${key}` };
        const stream = readEvents(await fetch(url, { headers, signal: closing.signal }));
        while (await stream.next()) count += 1;
      } catch {
        // Cut off, or nobody there.
      }
      await pause(200, undefined, { signal: closing.signal }).catch(() => {});
    }
  })();
  return {
    count: () => count,
    close: () => {
      closing.abort();
      return watching;
    },
  };
}
