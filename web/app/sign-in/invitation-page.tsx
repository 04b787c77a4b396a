import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { api, bodyOf, type Model } from '../../api/client.ts';
import { asProblem, type Problem } from '../../api/problem.ts';
import { forgetAll, usePerhapsMe } from '../../api/session.ts';
import { Button } from '../../ui/button.tsx';
import { words } from '../../ui/format.ts';
import { PageLink } from '../../ui/page-link.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { Loaded } from '../../ui/states.tsx';
import { SignInFrame } from './frame.tsx';

type Shown = Model<'InvitationShown'>;

/** An invitation to an organization, and the ways to accept it. */
export function Page(): ReactNode {
  const { token } = useParams({ strict: false }) as { token: string };
  const invitation = useQuery({
    queryKey: ['invitation', token],
    queryFn: ({ signal }) =>
      bodyOf<Shown>(api.GET('/v1/invitations/{token}', { params: { path: { token } }, signal }) as never),
  });
  return (
    <SignInFrame title="An invitation">
      <Loaded of={invitation}>{(shown) => <Accept token={token} shown={shown} />}</Loaded>
    </SignInFrame>
  );
}

function Accept({ token, shown }: { readonly token: string; readonly shown: Shown }): ReactNode {
  const me = usePerhapsMe();
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const accept = async () => {
    setBusy(true);
    setProblem(undefined);
    try {
      const { slug } = await bodyOf<{ slug: string }>(
        api.POST('/v1/invitations/{token}/accept', { params: { path: { token } } }) as never,
      );
      forgetAll(client);
      location.assign(`/o/${slug}`);
    } catch (error) {
      setProblem(asProblem(error));
      setBusy(false);
    }
  };
  const next = encodeURIComponent(`/invitations/${token}`);
  const mine = me?.email.toLowerCase() === shown.email.toLowerCase();
  return (
    <div className="space-y-4">
      <p>
        <strong>{shown.organization}</strong> invites <strong className="break-all">{shown.email}</strong> to
        work with them as {words(shown.role).toLowerCase()}.
      </p>
      <ProblemNotice problem={problem} />
      {me && mine && (
        <Button look="primary" busy={busy} className="w-full" onClick={() => void accept()}>
          Accept and go to {shown.organization}
        </Button>
      )}
      {me && !mine && (
        <p className="text-soft">
          You are signed in as <span className="break-all">{me.email}</span>. Sign in as the invited person to
          accept.
        </p>
      )}
      {!(me && mine) && (
        <div className="flex flex-wrap gap-2">
          <Button look="primary" asChild>
            <PageLink to={`/sign-up?invitation=${token}&email=${encodeURIComponent(shown.email)}`}>
              Create an account
            </PageLink>
          </Button>
          <Button asChild>
            <PageLink to={`/sign-in?next=${next}`}>Sign in</PageLink>
          </Button>
        </div>
      )}
    </div>
  );
}
