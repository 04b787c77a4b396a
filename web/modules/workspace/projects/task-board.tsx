import { ListTodo } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useView } from '../../../api/view.ts';
import { words } from '../../../ui/format.ts';
import { Empty, Loaded } from '../../../ui/states.tsx';
import { TaskCard } from './task-card.tsx';
import { TaskDialog } from './task-dialog.tsx';
import { useTaskStatus } from './use-task-status.ts';

/** The tasks of a project by status. */
export function TaskBoard(props: { readonly projectId: string; readonly mayMove: boolean }): ReactNode {
  const { projectId, mayMove } = props;
  const [opened, setOpened] = useState<string>();
  const setStatus = useTaskStatus();
  const board = useView({
    key: ['projects', projectId, 'board'],
    tables: ['tasks', 'projects'],
    load: (api, signal) =>
      api.GET('/projects/{projectId}/board', {
        params: { path: { projectId }, query: { perColumn: 100 } },
        signal,
      }),
  });
  return (
    <Loaded of={board}>
      {({ columns }) =>
        columns.every((c) => c.total === 0) ? (
          <Empty icon={ListTodo} title="No tasks yet">
            Break the project into steps; each has somebody who does it and a day it is due.
          </Empty>
        ) : (
          <div className="scroll-thin -mx-4 flex min-h-0 flex-1 snap-x scroll-px-4 gap-3 overflow-x-auto px-4 pb-1 md:-mx-6 md:scroll-px-6 md:px-6">
            {columns.map((column) => (
              <section
                key={column.status}
                aria-label={`${words(column.status)}, ${column.total} tasks`}
                className="flex w-64 shrink-0 snap-start flex-col rounded-lg bg-sunken"
              >
                <h2 className="flex gap-2 px-3 pt-3 pb-2 font-semibold">
                  {words(column.status)}{' '}
                  <span className="tabular font-normal text-faint">{column.total}</span>
                </h2>
                <ul className="scroll-thin min-h-16 flex-1 space-y-2 overflow-y-auto px-2 pb-2">
                  {column.cards.map((card) => (
                    <TaskCard
                      key={card.id}
                      card={card}
                      mayMove={mayMove}
                      onOpen={() => setOpened(card.id)}
                      onMove={(status) => setStatus(card.id, status, card.status)}
                    />
                  ))}
                </ul>
              </section>
            ))}
            {opened && <TaskDialog taskId={opened} onClose={() => setOpened(undefined)} />}
          </div>
        )
      }
    </Loaded>
  );
}
