import { recordOf, route, z } from '../../http/index.ts';
import { projectBoard } from './board.ts';
import { setProjectArchived, setProjectStatus } from './projects.ts';
import { id } from './route-shapes.ts';
import { PROJECT_STATUSES, TASK_STATUSES } from './status.ts';

const params = z.object({ projectId: id });
const project = { 200: { description: 'The project as it is now.', schema: recordOf('Project') } };

const card = z.object({
  id,
  title: z.string(),
  status: z.enum(TASK_STATUSES),
  priority: z.enum(['LOW', 'MEDIUM', 'HIGH', 'CRITICAL']),
  assignedToId: id.nullable(),
  dueDate: z.iso.date().nullable(),
  estimatedHours: z.string().nullable(),
  tags: z.array(z.string()),
  position: z.int(),
  subtasks: z.object({ total: z.int(), done: z.int() }),
});

const board = z.object({
  projectId: id,
  columns: z.array(z.object({ status: z.enum(TASK_STATUSES), total: z.int(), cards: z.array(card) })),
});

const archiving = (archived: boolean) =>
  route({
    method: 'post',
    path: archived ? '/projects/{projectId}/archive' : '/projects/{projectId}/unarchive',
    operationId: archived ? 'archiveProject' : 'unarchiveProject',
    summary: archived ? 'Put a project away' : 'Take a project out of the archive',
    permission: 'workspace:write',
    params,
    answers: project,
    refusals: { PROJECT_UNKNOWN: 'There is no such project.' },
    handler: ({ db, params }) => setProjectArchived(db, { projectId: params.projectId, archived }),
  });

export const projectRoutes = [
  route({
    method: 'get',
    path: '/projects/{projectId}/board',
    operationId: 'getProjectBoard',
    summary: 'The board of a project: its top-level tasks by status, in order',
    permission: 'workspace:read',
    params,
    query: z.object({ perColumn: z.coerce.number().int().min(1).max(500).default(100) }),
    answers: { 200: { description: 'A column for every status.', schema: board } },
    refusals: { PROJECT_UNKNOWN: 'There is no such project.' },
    handler: ({ db, params, query }) => projectBoard(db, { ...params, ...query }),
  }),
  route({
    method: 'post',
    path: '/projects/{projectId}/status',
    operationId: 'setProjectStatus',
    summary: 'Move a project on in its life, closing its open tasks if asked',
    permission: 'workspace:write',
    params,
    body: z.strictObject({
      status: z.enum(PROJECT_STATUSES),
      openTasks: z.enum(['DONE', 'CANCELLED']).optional(),
    }),
    answers: project,
    refusals: {
      PROJECT_UNKNOWN: 'There is no such project.',
      STATUS_STEP: 'The status does not follow on the present one.',
      OPEN_TASKS: 'The project has open tasks and was not asked to close them.',
      PROJECT_ARCHIVED: 'The project is archived.',
      PROJECT_NOT_STARTED: 'It starts after the day of completion.',
    },
    handler: ({ db, params, body }) => setProjectStatus(db, { ...params, ...body }),
  }),
  archiving(true),
  archiving(false),
];
