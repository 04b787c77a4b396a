import { beforeAll, expect, test } from 'vitest';
import { call } from '../../../test/support/calls.ts';
import { freshDatabase } from '../../../test/support/database.ts';
import { type Offices, offices, refusal } from '../../../test/support/offices.ts';
import { tenancyOn } from '../../../test/support/tenancy.ts';
import { isAnswer } from '../../http/index.ts';
import { workspace } from './index.ts';
import { createTask } from './tasks.ts';

const db = await freshDatabase();
const tenancy = tenancyOn(db);
let here: Offices;
let projectId: string;

beforeAll(async () => {
  here = await offices(db, tenancy);
  const data = { name: 'P', status: 'ACTIVE', projectManagerId: here.owner } as const;
  projectId = (await here.ours.project.create({ data })).id;
});

const ask = (operationId: string, input: Parameters<typeof call>[3] = {}, bound = here.ours) =>
  call(workspace.routes, operationId, bound, input);

test('operations and paths are told apart', () => {
  const { routes } = workspace;
  expect(new Set(routes.map((one) => one.operationId)).size).toBe(routes.length);
  expect(new Set(routes.map((one) => `${one.method} ${one.path}`)).size).toBe(routes.length);
});

test('the log needs more than reading, and writing is not for viewers', () => {
  const needs = Object.fromEntries(workspace.routes.map((one) => [one.operationId, one.permission]));
  expect(needs).toMatchObject({
    readActivityLog: 'activity:read',
    moveTask: 'workspace:write',
    assignTask: 'workspace:write',
    setTaskStatus: 'workspace:write',
    setProjectStatus: 'workspace:write',
    archiveProject: 'workspace:write',
    listMyNotifications: 'workspace:read',
  });
});

test('a task is assigned, moved and finished, and the board shows it', async () => {
  const [a, b] = [
    await createTask(here.ours, { projectId, title: 'a', estimatedHours: '1.25' }),
    await createTask(here.ours, { projectId, title: 'b' }),
  ];
  const params = { taskId: b.id };
  await ask('assignTask', { params, body: { assignedToId: here.colleague } });
  await ask('moveTask', { params, body: { before: a.id } });
  await ask('setTaskStatus', { params: { taskId: a.id }, body: { status: 'DONE' } });
  const board = await ask('getProjectBoard', { params: { projectId } });
  const cards = board.columns.flatMap((column: { cards: object[] }) => column.cards);
  expect(cards).toMatchObject([
    { title: 'b', status: 'TODO', position: 0, assignedToId: here.colleague, estimatedHours: null },
    { title: 'a', status: 'DONE', position: 1, estimatedHours: '1.25' },
  ]);
  const status = { params: { projectId }, body: { status: 'COMPLETED' } };
  expect(await refusal(ask('setProjectStatus', status))).toBe('OPEN_TASKS');
  const closing = { ...status, body: { ...status.body, openTasks: 'DONE' } };
  expect(await ask('setProjectStatus', closing)).toMatchObject({ progressPercentage: 100 });
  expect((await ask('archiveProject', { params: { projectId } })).archivedAt).toBeInstanceOf(Date);
  expect((await ask('unarchiveProject', { params: { projectId } })).archivedAt).toBeNull();
});

test('notifications are listed, counted and read', async () => {
  const mine = () => ask('countMyUnreadNotifications', {}, here.colleagues);
  expect(await mine()).toEqual({ unread: 1 });
  const page = await ask('listMyNotifications', { query: { unread: 'true' } }, here.colleagues);
  const params = { notificationId: page.items[0].id };
  expect(await refusal(ask('markNotificationRead', { params }))).toBe('NOTIFICATION_UNKNOWN');
  await ask('markNotificationRead', { params }, here.colleagues);
  expect(await mine()).toEqual({ unread: 0 });
  const upTo = { body: { upTo: new Date().toISOString() } };
  expect(await ask('markAllNotificationsRead', upTo, here.colleagues)).toEqual({ marked: 0 });
  expect(await ask('listMyAlerts')).toEqual({ items: [] });
  expect(await ask('listMyFeatureFlags')).toEqual({});
});

test('a notice is dismissed without an answer’s body', async () => {
  const { rows } = await db.platform.query(
    `INSERT INTO system_alerts (title, message, category, is_global, created_by_id)
     VALUES ('Maintenance', 'Tonight', 'MAINTENANCE', true, $1) RETURNING id`,
    [here.owner],
  );
  const gone = await ask('dismissAlert', { params: { alertId: rows[0].id } });
  expect([isAnswer(gone), gone.status, gone.body]).toEqual([true, 204, undefined]);
});

test('use and log are read', async () => {
  expect(await ask('getUsage')).toEqual({ items: [] });
  expect(await ask('getUsage', { query: { from: '2026-01', to: '2026-12' } })).toEqual({ items: [] });
  const createdAt = new Date('2026-01-01');
  const entry = { action: 'deal.update', resourceType: 'deal', createdAt, userId: here.owner };
  await here.ours.activityLog.create({ data: entry });
  const { items, next } = await ask('readActivityLog', { query: { to: '2026-02-01T00:00:00Z' } });
  expect([items, next]).toMatchObject([[{ ...entry, actorName: 'Somebody' }], null]);
});

test.each([
  ['getProjectBoard', { params: { projectId: 'x' } }],
  ['getProjectBoard', { params: { projectId: crypto.randomUUID() }, query: { perColumn: '0' } }],
  ['moveTask', { params: { taskId: crypto.randomUUID() }, body: { position: 3 } }],
  ['listMyNotifications', { query: { limit: '100000' } }],
  ['listMyNotifications', { query: { unread: 'perhaps' } }],
  ['markAllNotificationsRead', { body: { upTo: 'yesterday' } }],
  ['getUsage', { query: { from: '2026-13' } }],
  ['readActivityLog', { query: { from: '2026-01-01' } }],
])('%s refuses %j by its shape', async (operationId, input) => {
  await expect(ask(operationId, input as never)).rejects.toThrow('does not fit');
});
