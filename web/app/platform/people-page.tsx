import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import { api, bodyOf, type Model } from '../../api/client.ts';
import { asProblem } from '../../api/problem.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Card, Fact, Facts } from '../../ui/card.tsx';
import { Field, TextInput } from '../../ui/field.tsx';
import { words } from '../../ui/format.ts';
import { Page as PageFrame } from '../../ui/page.tsx';
import { Empty, Loaded } from '../../ui/states.tsx';
import { tell, tellProblem } from '../../ui/toast.tsx';

type Person = Model<'PlatformPerson'>;

/** People by their address: found on request alone, since each look is in the log. */
export function Page(): ReactNode {
  const [text, setText] = useState('');
  const [email, setEmail] = useState<string>();
  const found = useQuery({
    queryKey: ['platform', 'people', email],
    enabled: email !== undefined,
    queryFn: ({ signal }) =>
      bodyOf<{ data: Person[] }>(
        api.GET('/v1/platform/people', { params: { query: { email: email! } }, signal }) as never,
      ),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setEmail(text.trim());
  };
  return (
    <PageFrame title="People">
      <form onSubmit={submit} className="flex max-w-lg items-end gap-2 pb-4">
        <Field label="E-mail" className="flex-1">
          <TextInput value={text} onChange={setText} type="email" autoComplete="off" />
        </Field>
        <Button type="submit" look="primary" disabled={text.trim() === ''}>
          Find
        </Button>
      </form>
      {email !== undefined && (
        <Loaded of={found}>
          {({ data }) =>
            data.length === 0 ? (
              <Empty title="Nobody has this address" />
            ) : (
              <div className="max-w-2xl space-y-4">
                {data.map((person) => (
                  <PersonCard key={person.id} person={person} />
                ))}
              </div>
            )
          }
        </Loaded>
      )}
    </PageFrame>
  );
}

function PersonCard({ person }: { readonly person: Person }): ReactNode {
  const client = useQueryClient();
  const [reason, setReason] = useState('');
  const act = useMutation({
    mutationFn: (what: 'deactivate' | 'reactivate') =>
      bodyOf(
        api.POST(`/v1/platform/people/{userId}/${what}` as '/v1/platform/people/{userId}/deactivate', {
          params: { path: { userId: person.id } },
          body: { reason },
        }) as never,
      ),
    onSuccess: () => {
      tell('Done');
      setReason('');
      void client.invalidateQueries({ queryKey: ['platform', 'people'] });
    },
    onError: (error) => tellProblem(asProblem(error)),
  });
  const organizations = person.organizations as readonly { name?: string; slug?: string; role?: string }[];
  return (
    <Card
      title={person.name ?? person.email}
      actions={
        <Badge tone={person.isActive ? 'good' : 'bad'}>{person.isActive ? 'Active' : 'Deactivated'}</Badge>
      }
    >
      <Facts>
        <Fact label="E-mail">{person.email}</Fact>
        <Fact label="On the platform">{words(person.role)}</Fact>
        <Fact label="Sessions">{person.sessions}</Fact>
        <Fact label="Organizations">
          {organizations.map((o) => `${o.name ?? o.slug}, ${words(o.role).toLowerCase()}`).join(' · ')}
        </Fact>
      </Facts>
      <div className="mt-4 flex items-end gap-2 border-t border-line pt-4">
        <Field label="Reason" className="flex-1" required>
          <TextInput value={reason} onChange={setReason} />
        </Field>
        <Button
          look={person.isActive ? 'danger' : 'plain'}
          disabled={reason.trim() === ''}
          busy={act.isPending}
          onClick={() => act.mutate(person.isActive ? 'deactivate' : 'reactivate')}
        >
          {person.isActive ? 'Deactivate' : 'Reactivate'}
        </Button>
      </div>
    </Card>
  );
}
