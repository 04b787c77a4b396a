import { setTimeout as pause } from 'node:timers/promises';
import type { ClientField, Opener } from './field.ts';

/** An attack on the client as a whole. */
export interface ClientProbe {
  readonly name: string;
  run(arena: Arena): Promise<void>;
}

/** What a probe works with. */
export interface Arena extends Opener {
  readonly field: ClientField;
  /** Calls that are made at the same time, all in all. */
  readonly calls: number;
  /** Told of everything that should not have come out. */
  found(what: string): void;
  /** Told of every answer that was looked at. */
  checked(answers?: number): void;
  readonly stopped: () => boolean;
}

export interface ClientFinding {
  readonly probe: string;
  readonly what: string;
}

export interface ProbeResult {
  readonly probe: string;
  readonly answers: number;
  readonly findings: readonly ClientFinding[];
}

/**
 * Runs one probe. What it throws by itself, and that it does not end in time, is a finding too: a client that refuses
 * everything, or hangs, is not one that works.
 * @param limit milliseconds
 */
export async function runProbe(
  probe: ClientProbe,
  given: Pick<Arena, 'field' | 'calls'> & { readonly opener: () => Opener },
  { limit, enough = Number.POSITIVE_INFINITY }: { readonly limit: number; readonly enough?: number },
): Promise<ProbeResult> {
  const findings: ClientFinding[] = [];
  const { open, closeAll } = given.opener();
  let answers = 0;
  let ended = false;
  let noticed = () => {};
  const full = new Promise<void>((resolve) => {
    noticed = resolve;
  });
  const found = (what: string) => {
    if (ended) return;
    findings.push({ probe: probe.name, what });
    if (findings.length >= enough) noticed();
  };
  const arena: Arena = {
    field: given.field,
    calls: given.calls,
    open,
    closeAll,
    found,
    checked: (n = 1) => {
      answers += n;
    },
    stopped: () => ended,
  };
  const clock = new AbortController();
  const work = probe.run(arena).catch((error: Error) => found(`the probe failed: ${error.message}`));
  const late = pause(limit, undefined, { signal: clock.signal }).then(
    () => found(`no end within ${limit / 1000} s`),
    () => {},
  );
  await Promise.race([work, late, full]);
  ended = true;
  clock.abort();
  // A client that hangs is left behind; its connections end with the database.
  await Promise.race([closeAll().catch(() => {}), pause(2000, undefined, { ref: false })]);
  return { probe: probe.name, answers, findings };
}
