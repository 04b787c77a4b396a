/**
 * The items until `signal` aborts, also while the next one is awaited: a source that never answers would otherwise hold
 * whoever reads it. The source is told to end, but not waited for.
 * @throws the reason of the signal
 */
export async function* stoppable<T>(items: AsyncGenerator<T>, signal?: AbortSignal): AsyncGenerator<T> {
  if (!signal) {
    yield* items;
    return;
  }
  let stop = () => {};
  const stopped = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason);
  });
  // Heard in the race below; between two items nobody listens.
  stopped.catch(() => {});
  signal.addEventListener('abort', stop, { once: true });
  try {
    for (;;) {
      signal.throwIfAborted();
      const next = await Promise.race([items.next(), stopped]);
      if (next.done) return;
      yield next.value;
    }
  } finally {
    signal.removeEventListener('abort', stop);
    items.return(undefined).catch(() => {});
  }
}
