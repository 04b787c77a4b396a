/** A wish that this process end: Ctrl-C, SIGTERM, or the terminal closing. */
export interface StopSignal {
  /** Resolves with the first one. */
  readonly received: Promise<NodeJS.Signals>;
  /** Gives the signals back to Node. */
  release(): void;
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
// One Ctrl-C can arrive twice: from the terminal, and passed on by the program that started this one.
const SAME = 500;

/** Listens for the end. A second wish ends the process at once, whatever it is doing. */
export function stopSignal(now: () => number = () => performance.now()): StopSignal {
  let first: number | undefined;
  let resolve: (signal: NodeJS.Signals) => void;
  const received = new Promise<NodeJS.Signals>((done) => {
    resolve = done;
  });
  const listen = (signal: NodeJS.Signals) => {
    if (first !== undefined && now() - first > SAME) process.exit(130);
    first ??= now();
    resolve(signal);
  };
  for (const signal of SIGNALS) process.on(signal, listen);
  // Listening to a signal alone does not keep a process.
  const alive = setInterval(() => {}, 2 ** 30);
  return {
    received,
    release() {
      clearInterval(alive);
      for (const signal of SIGNALS) process.off(signal, listen);
    },
  };
}
