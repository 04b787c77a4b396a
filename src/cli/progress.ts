/** Tells steps as they happen: on a terminal in place, elsewhere a line each; on stderr, so that stdout stays data. */
export interface Progress {
  step(text: string): void;
  /** Ends the current line. */
  done(): void;
}

export function terminalProgress(stream: NodeJS.WriteStream = process.stderr, quiet = false): Progress {
  let open = false;
  const started = performance.now();
  return {
    step(text) {
      if (quiet) return;
      const line = `${((performance.now() - started) / 1000).toFixed(1).padStart(5)} s  ${text}`;
      if (stream.isTTY) stream.write(`${open ? '\r\x1b[2K' : ''}${line}`);
      else stream.write(`${line}\n`);
      open = true;
    },
    done() {
      if (open && stream.isTTY && !quiet) stream.write('\r\x1b[2K');
      open = false;
    },
  };
}
