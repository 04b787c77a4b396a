import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { getAuth, postAuth } from '../../api/auth.ts';
import { asProblem } from '../../api/problem.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Loaded } from '../../ui/states.tsx';
import { Ago } from '../../ui/time.tsx';
import { tell, tellProblem } from '../../ui/toast.tsx';
import { browserOf } from './browser-of.ts';

interface Session {
  readonly id: string;
  readonly token: string;
  readonly updatedAt: string;
  readonly ipAddress: string | null;
  readonly userAgent: string | null;
}

/** Where the person is signed in. */
export function Sessions(): ReactNode {
  const client = useQueryClient();
  const list = useQuery({ queryKey: ['sessions'], queryFn: () => getAuth<Session[]>('/list-sessions') });
  const refresh = () => void client.invalidateQueries({ queryKey: ['sessions'] });
  const onError = (error: Error) => tellProblem(asProblem(error));
  const end = useMutation({
    mutationFn: (token: string) => postAuth('/revoke-session', { token }),
    onSuccess: refresh,
    onError,
  });
  const endOthers = useMutation({
    mutationFn: () => postAuth('/revoke-other-sessions'),
    onSuccess: () => {
      tell('All other sessions have ended');
      refresh();
    },
    onError,
  });
  return (
    <Card
      title="Sessions"
      flush
      className="lg:col-span-2"
      actions={
        <Button size="sm" busy={endOthers.isPending} onClick={() => endOthers.mutate()}>
          End all others
        </Button>
      }
    >
      <Loaded of={list}>
        {(sessions) => (
          <ul className="divide-y divide-line">
            {sessions.map((session) => (
              <li key={session.id} className="flex items-center gap-3 px-4 py-2.5">
                <span className="min-w-0 flex-1">
                  <span className="block truncate font-medium">{browserOf(session.userAgent)}</span>
                  <span className="block text-sm text-faint">
                    {session.ipAddress} · <Ago at={session.updatedAt} />
                  </span>
                </span>
                <Button size="sm" disabled={end.isPending} onClick={() => end.mutate(session.token)}>
                  End
                </Button>
              </li>
            ))}
          </ul>
        )}
      </Loaded>
    </Card>
  );
}
