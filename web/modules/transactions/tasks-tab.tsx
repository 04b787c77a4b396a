import { Plus } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { asProblem } from '../../api/problem.ts';
import { useChange } from '../../api/records.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { RecordDialog } from '../../ui/editor/record-dialog.tsx';
import { day, words } from '../../ui/format.ts';
import { tellProblem, tellUndo } from '../../ui/toast.tsx';
import type { LoopOverview } from './use-loop.ts';
import { type LoopTask, loopTasks, TASK_FIELDS } from './words.ts';

/** The steps of a transaction. */
export function TasksTab(props: { readonly shown: LoopOverview; readonly mayWrite: boolean }): ReactNode {
  const { shown, mayWrite } = props;
  const [making, setMaking] = useState(false);
  const change = useChange(loopTasks);
  const onError = (error: Error) => tellProblem(asProblem(error));
  const set = (task: LoopTask, status: LoopTask['status']) =>
    change.mutate(
      { id: task.id, changes: { status } },
      {
        onSuccess: () =>
          tellUndo(status === 'DONE' ? 'Done' : 'Open again', () =>
            change.mutate({ id: task.id, changes: { status: task.status } }, { onError }),
          ),
        onError,
      },
    );
  return (
    <Card
      title="Tasks"
      flush
      actions={
        mayWrite && (
          <Button size="sm" icon={Plus} onClick={() => setMaking(true)}>
            Add a task
          </Button>
        )
      }
    >
      {shown.tasks.length === 0 ? (
        <p className="p-4 text-faint">None yet</p>
      ) : (
        <ul className="divide-y divide-line">
          {shown.tasks.map((task) => {
            const done = task.status === 'DONE';
            return (
              <li key={task.id} className="flex items-start gap-3 px-4 py-3">
                <input
                  type="checkbox"
                  aria-label={`Done: ${task.title}`}
                  checked={done}
                  disabled={!mayWrite || change.isPending}
                  onChange={() => set(task, done ? 'TODO' : 'DONE')}
                  className="mt-1 size-4 accent-accent"
                />
                <div className="min-w-0 flex-1">
                  <p className={done ? 'text-soft line-through' : 'font-medium'}>{task.title}</p>
                  {task.description && <p className="text-sm text-soft">{task.description}</p>}
                </div>
                <span className="shrink-0 text-sm text-faint">{day(task.dueDate)}</span>
                <Badge
                  tone={task.priority === 'URGENT' ? 'bad' : task.priority === 'HIGH' ? 'warn' : 'neutral'}
                >
                  {words(task.priority)}
                </Badge>
              </li>
            );
          })}
        </ul>
      )}
      {making && (
        <RecordDialog
          collection={loopTasks}
          noun="task"
          specs={TASK_FIELDS}
          fixed={{ loopId: shown.loop.id }}
          onClose={() => setMaking(false)}
        />
      )}
    </Card>
  );
}
