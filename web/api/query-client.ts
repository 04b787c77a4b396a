import { QueryClient } from '@tanstack/react-query';
import { Problem } from './problem.ts';

const TRIES = 3;

/** Reads are kept for a minute and told to be stale by live updates; what may pass is asked again, a refusal is not. */
export function openQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        networkMode: 'always',
        staleTime: 60_000,
        gcTime: 10 * 60_000,
        refetchOnWindowFocus: true,
        retry: (failures, error) => error instanceof Problem && error.passing && failures < TRIES,
        retryDelay: (failures) => Math.min(1_000 * 2 ** failures, 8_000),
      },
      mutations: { networkMode: 'always', retry: false },
    },
  });
}
