import { recordOf, route, z } from '../../http/index.ts';
import { moveTask } from './moves.ts';
import { id } from './route-shapes.ts';
import { TASK_STATUSES } from './status.ts';
import { assignTask, changeTask } from './tasks.ts';

const params = z.object({ taskId: id });
const task = { 200: { description: 'The task as it is now.', schema: recordOf('Task') } };
const TASK_UNKNOWN = 'There is no such task.';

export const taskRoutes = [
  route({
    method: 'post',
    path: '/tasks/{taskId}/move',
    operationId: 'moveTask',
    summary: 'Move a task with its subtasks to another place, parent or project',
    description: 'Without `before` and `after` it becomes the last of its siblings.',
    permission: 'workspace:write',
    params,
    body: z.strictObject({
      projectId: id.optional(),
      parentTaskId: id.nullable().optional().describe('Null for the top level.'),
      before: id.optional().describe('The sibling that will come next.'),
      after: id.optional().describe('The sibling that will come right before.'),
    }),
    answers: task,
    refusals: {
      TASK_UNKNOWN,
      PROJECT_UNKNOWN: 'There is no such project.',
      TWO_NEIGHBOURS: 'Both `before` and `after` are given.',
      PARENT_ELSEWHERE: 'The parent is in another project.',
      NEIGHBOUR_ELSEWHERE: 'The neighbour is not at the destination.',
      TASK_CYCLE: 'The parent is the task itself or below it.',
      TASK_TOO_DEEP: 'There would be more than three levels.',
      PROJECT_CLOSED: 'The project is over or archived.',
      PARENT_CLOSED: 'The parent is done or cancelled.',
      TASK_MOVED: 'Somebody moved it to another project at the same time.',
    },
    handler: ({ db, params, body }) => moveTask(db, { ...params, ...body }),
  }),
  route({
    method: 'post',
    path: '/tasks/{taskId}/assign',
    operationId: 'assignTask',
    summary: 'Give a task to a member, who is told, or to nobody',
    permission: 'workspace:write',
    params,
    body: z.strictObject({ assignedToId: id.nullable() }),
    answers: task,
    refusals: { TASK_UNKNOWN, NOT_A_MEMBER: 'The person is not a member, or has left.' },
    handler: ({ db, params, body }) => assignTask(db, { ...params, ...body }),
  }),
  route({
    method: 'post',
    path: '/tasks/{taskId}/status',
    operationId: 'setTaskStatus',
    summary: 'Move a task on in its life',
    description: 'Cancelling a task cancels its open subtasks.',
    permission: 'workspace:write',
    params,
    body: z.strictObject({ status: z.enum(TASK_STATUSES) }),
    answers: task,
    refusals: {
      TASK_UNKNOWN,
      STATUS_STEP: 'The status does not follow on the present one.',
      SUBTASKS_OPEN: 'A task is done when its subtasks are done or cancelled.',
      PARENT_CLOSED: 'The parent is done or cancelled.',
      PROJECT_CLOSED: 'The project is over or archived.',
    },
    handler: ({ db, params, body }) => changeTask(db, { ...params, ...body }),
  }),
];
