import { beforeAll, describe, expect, test } from 'vitest';
import { freshDatabase } from '../../../test/support/database.ts';
import { type Offices, offices, refusal } from '../../../test/support/offices.ts';
import { tenancyOn } from '../../../test/support/tenancy.ts';
import { person } from '../../../test/support/tenants.ts';
import type { Db } from '../../db.ts';
import { projectBoard } from './board.ts';
import { projectRules } from './project-rules.ts';
import { setProjectArchived, setProjectStatus } from './projects.ts';
import { changeTask, createTask, deleteTask } from './tasks.ts';

const db = await freshDatabase();
const tenancy = tenancyOn(db);
let here: Offices;

beforeAll(async () => {
  here = await offices(db, tenancy);
});

const project = async (bound: Db, values = {}) =>
  bound.project.create({
    data: (await projectRules.create!(bound, { name: 'Show flat', ...values })) as never,
  });
const progress = async (id: string) =>
  (await here.ours.project.findFirstOrThrow({ where: { id } })).progressPercentage;

describe('a project', () => {
  test('is completed with the day it is where the organization is', async () => {
    await here.ours.organization.updateMany({ data: { settings: { timezone: 'Pacific/Kiritimati' } } });
    const { id } = await project(here.ours, { status: 'ACTIVE' });
    const now = new Date('2026-03-28T12:00:00Z');
    const done = await setProjectStatus(here.ours, { projectId: id, status: 'COMPLETED', now });
    expect(done.completionDate?.toISOString()).toBe('2026-03-29T00:00:00.000Z');
    expect(done.progressPercentage).toBe(100);
    const again = await setProjectStatus(here.ours, { projectId: id, status: 'COMPLETED' });
    expect(again).toEqual(done);
    const open = await setProjectStatus(here.ours, { projectId: id, status: 'ACTIVE' });
    expect(open).toMatchObject({ completionDate: null, progressPercentage: 0 });
  });

  test('with open tasks is not completed, unless it is told what to do with them', async () => {
    const { id } = await project(here.ours, { status: 'ACTIVE' });
    const task = await createTask(here.ours, { projectId: id, title: 'Paint' });
    const complete = { projectId: id, status: 'COMPLETED' } as const;
    expect(await refusal(setProjectStatus(here.ours, complete))).toBe('OPEN_TASKS');
    await setProjectStatus(here.ours, { ...complete, openTasks: 'CANCELLED' });
    expect(await here.ours.task.findFirst({ where: { id: task.id } })).toMatchObject({ status: 'CANCELLED' });
  });

  test('refuses steps that its life does not have', async () => {
    const { id } = await project(here.ours);
    const step = (status: 'COMPLETED' | 'CANCELLED' | 'ACTIVE') =>
      setProjectStatus(here.ours, { projectId: id, status });
    expect(await refusal(step('COMPLETED'))).toBe('STATUS_STEP');
    await step('CANCELLED');
    expect(await refusal(step('ACTIVE'))).toBe('STATUS_STEP');
  });

  test('that begins later is not completed today', async () => {
    const { id } = await project(here.ours, { status: 'ACTIVE', startDate: new Date('2999-01-01') });
    expect(await refusal(setProjectStatus(here.ours, { projectId: id, status: 'COMPLETED' }))).toBe(
      'PROJECT_NOT_STARTED',
    );
  });

  test('keeps a task opened while it is completed from being overlooked', async () => {
    const { id } = await project(here.ours, { status: 'ACTIVE' });
    const both = await Promise.allSettled([
      setProjectStatus(here.ours, { projectId: id, status: 'COMPLETED' }),
      createTask(here.colleagues, { projectId: id, title: 'Late' }),
    ]);
    expect(both.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
  });

  test('archived stays as it is until it is taken back', async () => {
    const { id } = await project(here.ours);
    const put = await setProjectArchived(here.ours, { projectId: id, archived: true });
    expect(await setProjectArchived(here.ours, { projectId: id, archived: true })).toEqual(put);
    expect(await refusal(setProjectStatus(here.ours, { projectId: id, status: 'ACTIVE' }))).toBe(
      'PROJECT_ARCHIVED',
    );
    expect(await refusal(createTask(here.ours, { projectId: id, title: 'New' }))).toBe('PROJECT_CLOSED');
    await setProjectArchived(here.ours, { projectId: id, archived: false });
    await setProjectStatus(here.ours, { projectId: id, status: 'ACTIVE' });
  });

  test('is managed by who makes it, or by another live member', async () => {
    expect((await project(here.colleagues)).projectManagerId).toBe(here.colleague);
    const who = { projectManagerId: await person(db) };
    expect(await refusal(project(here.ours, who))).toBe('NOT_A_MEMBER');
    expect(await refusal(project(here.ours, { projectManagerId: here.stranger }))).toBe('NOT_A_MEMBER');
  });

  test('with tasks is not deleted', async () => {
    const made = await project(here.ours);
    const task = await createTask(here.ours, { projectId: made.id, title: 'Paint' });
    expect(await refusal(projectRules.remove!(here.ours, made as never))).toBe('PROJECT_HAS_TASKS');
    await deleteTask(here.ours, task.id);
    await projectRules.remove!(here.ours, made as never);
  });

  test('of another organization is the same as none', async () => {
    const { id } = await project(here.theirs);
    const board = projectBoard(here.ours, { projectId: id });
    const status = setProjectStatus(here.ours, { projectId: id, status: 'ACTIVE' });
    const archived = setProjectArchived(here.ours, { projectId: id, archived: true });
    const task = createTask(here.ours, { projectId: id, title: 'Mine' });
    expect(await Promise.all([board, status, archived, task].map(refusal))).toEqual(
      Array(4).fill('PROJECT_UNKNOWN'),
    );
  });
});

describe('the progress of a project', () => {
  test('follows its tasks by their estimated hours, without what is cancelled', async () => {
    const { id } = await project(here.ours, { status: 'ACTIVE' });
    const add = (title: string, estimatedHours: string | null) =>
      createTask(here.ours, { projectId: id, title, estimatedHours });
    const [one, two] = [await add('One', '1.50'), await add('Two', '4.50')];
    const three = await add('Unestimated', null); // weighs as the average, 3
    await changeTask(here.ours, { taskId: one.id, status: 'DONE' });
    expect(await progress(id)).toBe(16); // 1.5 of 9
    await changeTask(here.ours, { taskId: three.id, status: 'CANCELLED' });
    expect(await progress(id)).toBe(25); // 1.5 of 6
    await deleteTask(here.ours, two.id);
    expect(await progress(id)).toBe(100);
  });

  test('counts subtasks instead of their parent', async () => {
    const { id } = await project(here.ours, { status: 'ACTIVE' });
    const parent = await createTask(here.ours, { projectId: id, title: 'Parent', estimatedHours: '90' });
    const parts = ['a', 'b'].map((title) =>
      createTask(here.ours, { projectId: id, title, parentTaskId: parent.id }),
    );
    const [part] = await Promise.all(parts);
    await changeTask(here.ours, { taskId: part!.id, status: 'DONE' });
    expect(await progress(id)).toBe(50);
  });

  test('loses nothing of tasks that are done at the same time', async () => {
    const { id } = await project(here.ours, { status: 'ACTIVE' });
    const titles = ['a', 'b', 'c', 'd', 'e', 'f'];
    const tasks = await Promise.all(titles.map((title) => createTask(here.ours, { projectId: id, title })));
    expect(new Set(tasks.map((task) => task.position))).toEqual(new Set([0, 1, 2, 3, 4, 5]));
    await Promise.all(tasks.map((task) => changeTask(here.colleagues, { taskId: task.id, status: 'DONE' })));
    expect(await progress(id)).toBe(100);
  });
});

test('the board has a column per status in the order of positions, with counts of subtasks', async () => {
  const { id } = await project(here.ours, { status: 'ACTIVE' });
  const add = (title: string, parentTaskId?: string) =>
    createTask(here.ours, { projectId: id, title, ...(parentTaskId ? { parentTaskId } : {}) });
  const [first, second, third] = [await add('First'), await add('Second'), await add('Third')];
  const [done, cancelled] = [await add('Part', first.id), await add('Dropped', first.id)];
  await add('Open part', first.id);
  await changeTask(here.ours, { taskId: done.id, status: 'DONE' });
  await changeTask(here.ours, { taskId: cancelled.id, status: 'CANCELLED' });
  await changeTask(here.ours, { taskId: third.id, status: 'REVIEW' });
  const { columns } = await projectBoard(here.ours, { projectId: id, perColumn: 1 });
  expect(columns.map((c) => [c.status, c.total, c.cards.map((card) => card.title)])).toEqual([
    ['TODO', 2, ['First']],
    ['IN_PROGRESS', 0, []],
    ['REVIEW', 1, ['Third']],
    ['DONE', 0, []],
    ['CANCELLED', 0, []],
  ]);
  expect(columns[0]!.cards[0]!.subtasks).toEqual({ total: 2, done: 1 });
  const whole = await projectBoard(here.ours, { projectId: id });
  expect(whole.columns[0]!.cards.map((card) => card.id)).toEqual([first.id, second.id]);
});
