import { useQuery } from '@tanstack/react-query';
import { api, bodyOf, type Model } from '../../api/client.ts';

export type ServerInfo = Model<'ServerInfo'>;

/** What the server says of itself before anybody is signed in: providers, the mailbox and people of a demonstration. */
export function useServerInfo(): ServerInfo | undefined {
  const { data } = useQuery({
    queryKey: ['server'],
    queryFn: ({ signal }) => bodyOf<ServerInfo>(api.GET('/v1/server', { signal }) as never),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return data;
}
