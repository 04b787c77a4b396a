import { median } from '../timing.ts';

/** One way to do the work of a comparison. */
export interface Contender {
  readonly name: string;
  /** One call for the tenant with this number. */
  run(index: number): Promise<unknown>;
}

export interface Figures {
  readonly name: string;
  /** Milliseconds of one call alone, the median of each round. */
  readonly latency: readonly number[];
  /** Calls a second with `inFlight` at once, of each round. */
  readonly throughput: readonly number[];
}

export interface RoundOptions {
  readonly rounds?: number;
  /** Calls per round and contender, one after the other and then at once. */
  readonly calls?: number;
  readonly inFlight?: number;
}

/**
 * Measures contenders in alternating rounds of one process: what else the machine does falls on all of them. The first
 * round warms and is thrown away.
 */
export async function alternate(
  contenders: readonly Contender[],
  { rounds = 7, calls = 300, inFlight = 16 }: RoundOptions = {},
): Promise<Figures[]> {
  const figures = contenders.map(({ name }) => ({
    name,
    latency: [] as number[],
    throughput: [] as number[],
  }));
  for (let round = 0; round <= rounds; round += 1) {
    // Each round begins with another contender, so that none always runs in another's wake.
    for (let turn = 0; turn < contenders.length; turn += 1) {
      const at = (round + turn) % contenders.length;
      const alone = await oneByOne(contenders[at]!, calls);
      const many = inFlight === 0 ? 0 : await atOnce(contenders[at]!, calls * 4, inFlight);
      if (round === 0) continue;
      figures[at]!.latency.push(alone);
      figures[at]!.throughput.push(many);
    }
  }
  return figures;
}

async function oneByOne({ run }: Contender, calls: number): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < calls; i += 1) {
    const started = performance.now();
    await run(i);
    times.push(performance.now() - started);
  }
  return median(times);
}

async function atOnce({ run }: Contender, calls: number, inFlight: number): Promise<number> {
  let next = 0;
  const worker = async () => {
    while (next < calls) {
      next += 1;
      await run(next);
    }
  };
  const started = performance.now();
  await Promise.all(Array.from({ length: inFlight }, worker));
  return (calls / (performance.now() - started)) * 1000;
}
