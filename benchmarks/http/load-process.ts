import { type Asked, load } from './load.ts';

/** One round of load, asked for by the benchmark. */
export interface LoadRound {
  readonly origin: string;
  readonly asked: readonly Asked[];
  readonly connections: number;
  readonly seconds: number;
}

process.on('message', ({ origin, asked, connections, seconds }: LoadRound) => {
  void load(origin, asked, connections, seconds).then((result) => process.send?.(result));
});
process.on('disconnect', () => process.exit(0));
process.send?.({ ready: true });
