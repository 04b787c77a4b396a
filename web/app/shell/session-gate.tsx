import { useQueryClient } from '@tanstack/react-query';
import { lazy, type ReactNode, Suspense, useEffect, useState } from 'react';
import { onSessionExpired } from '../../api/send.ts';
import { type Me, meQuery } from '../../api/session.ts';

const SignInAgain = lazy(() => import('./sign-in-again.tsx').then((m) => ({ default: m.SignInAgain })));

/** Notices that the session has ended and has the person sign in again over the page, so that nothing typed is lost. */
export function SessionGate(): ReactNode {
  const client = useQueryClient();
  const [who, setWho] = useState<Me>();
  useEffect(
    () =>
      onSessionExpired(() => {
        const me = client.getQueryData<Me | null>(meQuery.queryKey);
        if (me) setWho(me);
      }),
    [client],
  );
  if (!who) return null;
  const back = () => {
    setWho(undefined);
    void client.invalidateQueries();
  };
  return (
    <Suspense fallback={null}>
      <SignInAgain email={who.email} onBack={back} />
    </Suspense>
  );
}
