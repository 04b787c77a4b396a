import { KeyRound, Plus } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useAction } from '../../../api/action.ts';
import type { Model } from '../../../api/client.ts';
import { useMemberName } from '../../../api/members.ts';
import { asProblem } from '../../../api/problem.ts';
import { useView } from '../../../api/view.ts';
import { Button } from '../../../ui/button.tsx';
import { Card } from '../../../ui/card.tsx';
import { Confirm } from '../../../ui/confirm.tsx';
import { day } from '../../../ui/format.ts';
import { Page as PageFrame } from '../../../ui/page.tsx';
import { Empty, Loaded } from '../../../ui/states.tsx';
import { Table } from '../../../ui/table.tsx';
import { Ago } from '../../../ui/time.tsx';
import { tell, tellProblem } from '../../../ui/toast.tsx';
import { KeyDialog } from './key-dialog.tsx';

type Key = Model<'ApiKey'>;

/** Keys by which programs work with the organization’s data. */
export function Page(): ReactNode {
  const memberName = useMemberName();
  const [making, setMaking] = useState(false);
  const [revoking, setRevoking] = useState<Key>();
  const keys = useView({
    key: ['keys'],
    tables: ['api_keys'],
    load: (api, signal) => api.GET('/keys', { signal }),
  });
  const revoke = useAction(['api_keys'], (api, keyId: string) =>
    api.DELETE('/keys/{keyId}', { params: { path: { keyId } } }),
  );
  const make = (
    <Button look="primary" icon={Plus} onClick={() => setMaking(true)}>
      New key
    </Button>
  );
  return (
    <PageFrame
      title="API keys"
      description={
        <>
          For programs. What they can do is in the{' '}
          <a href="/reference" className="text-accent underline">
            API reference
          </a>
          .
        </>
      }
      actions={make}
    >
      <Card flush className="max-w-5xl">
        <Loaded of={keys}>
          {({ data }) => {
            const live = data.filter((k) => !k.revokedAt);
            if (live.length === 0)
              return (
                <Empty icon={KeyRound} title="No keys yet" action={make}>
                  A key acts as the member who made it, within the permissions it is given.
                </Empty>
              );
            return (
              <Table
                label="API keys"
                keyOf={(k) => k.id}
                rows={live}
                columns={[
                  {
                    header: 'Name',
                    cell: (k) => (
                      <>
                        <span className="block font-medium">{k.name}</span>
                        <span className="block text-sm text-faint">ends with {k.hint}</span>
                      </>
                    ),
                  },
                  { header: 'Permissions', from: 'md', cell: (k) => k.scopes.length },
                  { header: 'Acts as', from: 'md', cell: (k) => memberName(k.userId) },
                  { header: 'Ends', from: 'md', cell: (k) => (k.expiresAt ? day(k.expiresAt) : 'Never') },
                  { header: 'Last used', cell: (k) => <Ago at={k.lastUsedAt} /> },
                  {
                    header: '',
                    align: 'end',
                    cell: (k) => (
                      <Button size="sm" look="danger" onClick={() => setRevoking(k)}>
                        Revoke
                      </Button>
                    ),
                  },
                ]}
              />
            );
          }}
        </Loaded>
      </Card>
      {making && <KeyDialog onClose={() => setMaking(false)} />}
      {revoking && (
        <Confirm
          title={`Revoke “${revoking.name}”?`}
          action="Revoke"
          danger
          busy={revoke.isPending}
          onClose={() => setRevoking(undefined)}
          onConfirm={() =>
            revoke.mutate(revoking.id, {
              onSuccess: () => tell('The key is revoked'),
              onError: (error) => tellProblem(asProblem(error)),
              onSettled: () => setRevoking(undefined),
            })
          }
        >
          Programs that use it are refused at once. This cannot be undone.
        </Confirm>
      )}
    </PageFrame>
  );
}
