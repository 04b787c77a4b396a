export interface Progress {
  /** Says how far it is; the last word of each half second is written. */
  tell(done: number, message?: string): Promise<void>;
  /** Forgets what has not been written; waits for what is. */
  stop(): Promise<void>;
}

const PAUSE = 500;

/** Passes on what is said at most twice a second. */
export function throttledProgress(
  write: (done: number, message?: string) => Promise<void>,
  onError: (error: unknown) => void,
): Progress {
  let last = Number.NEGATIVE_INFINITY;
  let next: readonly [number, string | undefined] | undefined;
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();
  const flush = () => {
    timer = undefined;
    if (!next) return;
    const [done, message] = next;
    next = undefined;
    last = performance.now();
    // How far a job is matters less than the job.
    writing = write(done, message).catch(onError);
  };
  return {
    async tell(done, message) {
      if (!(done >= 0 && done <= 1)) throw new RangeError(`progress is from 0 to 1, not ${done}`);
      // A word once said is kept until another one.
      next = [done, message?.slice(0, 500) ?? next?.[1]];
      if (timer) return;
      const wait = last + PAUSE - performance.now();
      if (wait > 0) {
        timer = setTimeout(flush, wait);
        return;
      }
      flush();
      await writing;
    },
    async stop() {
      clearTimeout(timer);
      next = undefined;
      await writing;
    },
  };
}
