import type { ReactNode } from 'react';
import { useState } from 'react';
import { useOrganization } from '../../../api/organization.tsx';
import { useList, useRecord } from '../../../api/records.ts';
import { Badge } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/button.tsx';
import { Modal } from '../../../ui/dialog.tsx';
import { RecordDialog } from '../../../ui/editor/record-dialog.tsx';
import { Checkbox } from '../../../ui/field.tsx';
import { words } from '../../../ui/format.ts';
import { Loaded } from '../../../ui/states.tsx';
import { useTaskStatus } from './use-task-status.ts';
import { TASK_FIELDS, type Task, tasks } from './words.ts';

/** One task: its text, its parts, and the form that changes it. */
export function TaskDialog(props: { readonly taskId: string; readonly onClose: () => void }): ReactNode {
  const { taskId, onClose } = props;
  const { can } = useOrganization();
  const task = useRecord(tasks, taskId);
  const parts = useList<typeof tasks, Task>(tasks, { parentTaskId: taskId, sort: 'position', limit: 100 });
  const setStatus = useTaskStatus();
  const [mode, setMode] = useState<'shown' | 'changing' | 'adding'>('shown');
  const mayWrite = can('workspace:write');
  if (task.data && mode === 'changing')
    return (
      <RecordDialog
        collection={tasks}
        noun="task"
        specs={TASK_FIELDS}
        record={task.data}
        onClose={() => setMode('shown')}
      />
    );
  if (task.data && mode === 'adding')
    return (
      <RecordDialog
        collection={tasks}
        noun="part"
        specs={TASK_FIELDS}
        fixed={{ projectId: task.data.record.projectId, parentTaskId: taskId }}
        onClose={() => setMode('shown')}
      />
    );
  return (
    <Modal title={task.data?.record.title ?? 'Task'} onClose={onClose}>
      <Loaded of={task}>
        {({ record }) => (
          <div className="space-y-4 pb-4">
            <p className="flex flex-wrap gap-2">
              <Badge>{words(record.status)}</Badge>
              {record.tags.map((tag) => (
                <Badge key={tag}>{tag}</Badge>
              ))}
            </p>
            {record.description && <p className="whitespace-pre-wrap">{record.description}</p>}
            <section aria-label="Parts">
              <h3 className="font-semibold">Parts</h3>
              <Loaded of={parts}>
                {({ data }) =>
                  data.length === 0 ? (
                    <p className="text-faint">None</p>
                  ) : (
                    <ul className="mt-2 space-y-1.5">
                      {data.map((part) => (
                        <li key={part.id}>
                          <Checkbox
                            label={part.title}
                            checked={part.status === 'DONE'}
                            disabled={!mayWrite}
                            onChange={(on) => setStatus(part.id, on ? 'DONE' : 'TODO', part.status)}
                          />
                        </li>
                      ))}
                    </ul>
                  )
                }
              </Loaded>
            </section>
            {mayWrite && (
              <div className="flex justify-end gap-2">
                <Button onClick={() => setMode('adding')}>Add a part</Button>
                <Button look="primary" onClick={() => setMode('changing')}>
                  Change
                </Button>
              </div>
            )}
          </div>
        )}
      </Loaded>
    </Modal>
  );
}
