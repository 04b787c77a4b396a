import { useAction } from '../../../api/action.ts';
import { asProblem } from '../../../api/problem.ts';
import { words } from '../../../ui/format.ts';
import { tellProblem, tellUndo } from '../../../ui/toast.tsx';
import type { TaskStatus } from './words.ts';

/** @returns sets the status of a task, and offers to set it back */
export function useTaskStatus(): (taskId: string, status: TaskStatus, before: TaskStatus) => void {
  const act = useAction(['tasks', 'projects'], (api, input: { taskId: string; status: TaskStatus }) =>
    api.POST('/tasks/{taskId}/status', {
      params: { path: { taskId: input.taskId } },
      body: { status: input.status },
    }),
  );
  const onError = (error: Error) => tellProblem(asProblem(error));
  return (taskId, status, before) =>
    act.mutate(
      { taskId, status },
      {
        onSuccess: () => tellUndo(words(status), () => act.mutate({ taskId, status: before }, { onError })),
        onError,
      },
    );
}
