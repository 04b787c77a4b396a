import { useNavigate } from '@tanstack/react-router';
import { Bell, CheckCheck } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useAction } from '../../../api/action.ts';
import type { Model } from '../../../api/client.ts';
import { useOrganization } from '../../../api/organization.tsx';
import { usePages } from '../../../api/pages.ts';
import { asProblem } from '../../../api/problem.ts';
import { Button } from '../../../ui/button.tsx';
import { Card } from '../../../ui/card.tsx';
import { classes } from '../../../ui/classes.ts';
import { OlderButton } from '../../../ui/older-button.tsx';
import { Page as PageFrame } from '../../../ui/page.tsx';
import { Segmented } from '../../../ui/segmented.tsx';
import { Empty, Loaded } from '../../../ui/states.tsx';
import { Ago } from '../../../ui/time.tsx';
import { tellProblem } from '../../../ui/toast.tsx';
import { pageOf } from './page-of.ts';

type Notification = Model<'Notification'>;

interface ListPage {
  readonly items: readonly Notification[];
  readonly next: string | null;
}

const TABLES = ['notifications'];
const WHICH = [
  { value: 'all', label: 'All' },
  { value: 'unread', label: 'Unread' },
];

/** What the person is told; it arrives here by itself. */
export function Page(): ReactNode {
  const { pathTo } = useOrganization();
  const navigate = useNavigate();
  const [which, setWhich] = useState('all');
  const query = usePages<ListPage>({
    key: ['notifications', which],
    tables: TABLES,
    load: (api, cursor, signal) => {
      const params = {
        query: {
          limit: 40,
          ...(which === 'unread' ? { unread: 'true' } : {}),
          ...(cursor ? { cursor } : {}),
        },
      };
      return api.GET('/notifications', { params, signal } as never);
    },
    next: (page) => page.next,
  });
  const read = useAction(TABLES, (client, notificationId: string) =>
    client.POST('/notifications/{notificationId}/read', { params: { path: { notificationId } } }),
  );
  const readAll = useAction(TABLES, (client, upTo: string) =>
    client.POST('/notifications/read-all', { body: { upTo } }),
  );
  const onError = (error: Error) => tellProblem(asProblem(error));
  const open = (one: Notification) => {
    if (!one.readAt) read.mutate(one.id, { onError });
    const page = pageOf(one);
    if (page) void navigate({ to: pathTo(page) as never });
  };
  const newest = query.data?.pages[0]?.items[0]?.createdAt;
  return (
    <PageFrame
      title="Notifications"
      actions={
        <Button
          icon={CheckCheck}
          disabled={!newest}
          busy={readAll.isPending}
          onClick={() => newest && readAll.mutate(newest, { onError })}
        >
          Mark all as read
        </Button>
      }
    >
      <div className="max-w-3xl space-y-3">
        <Segmented label="Which" value={which} onChange={setWhich} options={WHICH} />
        <Card flush>
          <Loaded of={query}>
            {({ pages }) => {
              const items = pages.flatMap((p) => p.items);
              if (items.length === 0)
                return (
                  <Empty icon={Bell} title={which === 'unread' ? 'All is read' : 'Nothing yet'}>
                    Leads that are given to you, tasks that are due and signatures stand here.
                  </Empty>
                );
              return (
                <ul className="divide-y divide-line">
                  {items.map((one) => (
                    <li key={one.id}>
                      <button
                        type="button"
                        onClick={() => open(one)}
                        className="flex w-full gap-3 px-4 py-3 text-left hover:bg-sunken"
                      >
                        <span
                          aria-hidden
                          className={classes(
                            'mt-2 size-2 shrink-0 rounded-full',
                            one.readAt ? 'bg-transparent' : 'bg-accent',
                          )}
                        />
                        <span className="min-w-0 flex-1">
                          <span className={classes('block', !one.readAt && 'font-semibold')}>
                            {one.title}
                            {!one.readAt && <span className="sr-only"> (unread)</span>}
                          </span>
                          <span className="block text-soft">{one.message}</span>
                        </span>
                        <span className="shrink-0 text-sm text-faint">
                          <Ago at={one.createdAt} />
                        </span>
                      </button>
                    </li>
                  ))}
                </ul>
              );
            }}
          </Loaded>
        </Card>
        <OlderButton of={query} />
      </div>
    </PageFrame>
  );
}
