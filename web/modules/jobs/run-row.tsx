import { RotateCw } from 'lucide-react';
import type { ReactNode } from 'react';
import { useAction } from '../../api/action.ts';
import { useMemberName } from '../../api/members.ts';
import { useOrganization } from '../../api/organization.tsx';
import { asProblem } from '../../api/problem.ts';
import { Badge, type BadgeTone } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { words } from '../../ui/format.ts';
import { Progress } from '../../ui/progress.tsx';
import { Ago } from '../../ui/time.tsx';
import { tell, tellProblem } from '../../ui/toast.tsx';
import { nameOf, type Run } from './run.ts';

const TONES: Readonly<Record<Run['status'], BadgeTone>> = {
  QUEUED: 'info',
  RUNNING: 'accent',
  SUCCEEDED: 'good',
  FAILED: 'bad',
  CANCELLED: 'neutral',
};

/** One run: what, for whom, how far, what went wrong, and what may be done about it. */
export function RunRow({ run }: { readonly run: Run }): ReactNode {
  const { can } = useOrganization();
  const memberName = useMemberName();
  const path = { params: { path: { jobId: run.id } } };
  const retry = useAction(['runs'], (api) => api.POST('/jobs/{jobId}/retry', path));
  const cancel = useAction(['runs'], (api) => api.POST('/jobs/{jobId}/cancel', path));
  const onError = (error: Error) => tellProblem(asProblem(error));
  const stop = () => cancel.mutate(undefined, { onSuccess: () => tell('It is stopped'), onError });
  const { what, module } = nameOf(run.name);
  const may = can('jobs:retry');
  const over = run.status === 'FAILED' || run.status === 'CANCELLED';
  return (
    <li className="space-y-2 px-4 py-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className="min-w-0 flex-1 basis-36">
          <span className="block font-medium">{what}</span>
          <span className="block text-sm text-faint">
            {[module, run.userId ? memberName(run.userId) : 'by itself', attempts(run)]
              .filter(Boolean)
              .join(' · ')}
          </span>
        </span>
        <span className="text-sm text-faint">
          <Ago at={run.finishedAt ?? (run.status === 'QUEUED' ? run.runAt : run.createdAt)} />
        </span>
        <Badge tone={TONES[run.status]}>{run.status === 'QUEUED' ? 'Waiting' : words(run.status)}</Badge>
        {may && over && (
          <Button
            size="sm"
            icon={RotateCw}
            busy={retry.isPending}
            onClick={() =>
              retry.mutate(undefined, { onSuccess: () => tell('It is in the queue again'), onError })
            }
          >
            Try again
          </Button>
        )}
        {may && run.status === 'QUEUED' && (
          <Button size="sm" busy={cancel.isPending} onClick={stop}>
            Stop
          </Button>
        )}
      </div>
      {run.status === 'RUNNING' && (
        <Progress
          label={run.message ?? 'At work'}
          value={run.progress > 0 ? run.progress : undefined}
          {...(may ? { onStop: stop } : {})}
        />
      )}
      {run.error && <p className="text-sm break-words text-bad">{run.error}</p>}
    </li>
  );
}

const attempts = ({ attempt, maxAttempts }: Run) =>
  attempt > 1 ? `attempt ${attempt} of ${maxAttempts}` : undefined;
