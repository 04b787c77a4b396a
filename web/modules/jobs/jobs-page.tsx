import { ListChecks } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { usePages } from '../../api/pages.ts';
import { Card } from '../../ui/card.tsx';
import { OlderButton } from '../../ui/older-button.tsx';
import { Page as PageFrame } from '../../ui/page.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { Empty, Loaded } from '../../ui/states.tsx';
import type { Run } from './run.ts';
import { RunRow } from './run-row.tsx';

interface RunPage {
  readonly items: readonly Run[];
  readonly next: string | null;
}

const WHICH = [
  { value: 'ALL', label: 'All' },
  { value: 'RUNNING', label: 'Running' },
  { value: 'QUEUED', label: 'Waiting' },
  { value: 'FAILED', label: 'Failed' },
];
/** Runs go on without a change of the organization's rows, so the page asks: often while something moves. */
const OFTEN = 1500;
const SELDOM = 15_000;

/** What is worked at in the background: how far it has come, what failed, and the ways to stop it or try it again. */
export function Page(): ReactNode {
  const [status, setStatus] = useState('ALL');
  const query = usePages<RunPage>({
    key: ['jobs', status],
    tables: ['runs'],
    load: (api, before, signal) => {
      const params = {
        query: { limit: 50, ...(status === 'ALL' ? {} : { status }), ...(before ? { before } : {}) },
      };
      return api.GET('/jobs', { params, signal } as never);
    },
    next: (page) => page.next,
    again: (pages) =>
      pages.some((p) => p.items.some((r) => r.status === 'RUNNING' || r.status === 'QUEUED'))
        ? OFTEN
        : SELDOM,
  });
  return (
    <PageFrame
      title="Background jobs"
      description="Mails, reminders, scores and clearing up. What fails is tried again by itself, and stands here when it is not any more."
    >
      <div className="max-w-4xl space-y-3">
        <Segmented label="Which" value={status} onChange={setStatus} options={WHICH} />
        <Card flush>
          <Loaded of={query}>
            {({ pages }) => {
              const runs = pages.flatMap((p) => p.items);
              if (runs.length === 0)
                return (
                  <Empty
                    icon={ListChecks}
                    title={status === 'FAILED' ? 'Nothing has failed' : 'Nothing here'}
                  >
                    Runs are kept for 30 days.
                  </Empty>
                );
              return (
                <ul className="divide-y divide-line">
                  {runs.map((run) => (
                    <RunRow key={run.id} run={run} />
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
