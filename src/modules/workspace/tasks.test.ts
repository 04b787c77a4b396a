import { beforeAll, describe, expect, test } from 'vitest';
import { freshDatabase } from '../../../test/support/database.ts';
import { type Offices, offices, refusal } from '../../../test/support/offices.ts';
import { tenancyOn } from '../../../test/support/tenancy.ts';
import { member } from '../../../test/support/tenants.ts';
import { setProjectStatus } from './projects.ts';
import { remindOfDueTasks } from './reminders.ts';
import { taskRules } from './task-rules.ts';
import { assignTask, changeTask, createTask, deleteTask } from './tasks.ts';

const db = await freshDatabase();
const tenancy = tenancyOn(db);
let here: Offices;
let projectId: string;

const newProject = async (bound = here.ours, projectManagerId = here.owner) =>
  (await bound.project.create({ data: { name: 'P', status: 'ACTIVE', projectManagerId } })).id;
const add = (title: string, more: Partial<Parameters<typeof createTask>[1]> = {}) =>
  createTask(here.ours, { projectId, title, ...more });
const told = async (userId: string) => {
  const { rows } = await db.platform.query(
    'SELECT title, entity_id FROM notifications WHERE user_id = $1 ORDER BY created_at',
    [userId],
  );
  return rows.map((row) => [row.title, row.entity_id]);
};

beforeAll(async () => {
  here = await offices(db, tenancy);
  projectId = await newProject();
});

describe('the status of a task', () => {
  test('becomes DONE when its subtasks are done or cancelled', async () => {
    const parent = await add('Parent');
    const [one, two] = [
      await add('One', { parentTaskId: parent.id }),
      await add('Two', { parentTaskId: parent.id }),
    ];
    const finish = () => changeTask(here.ours, { taskId: parent.id, status: 'DONE' });
    expect(await refusal(finish())).toBe('SUBTASKS_OPEN');
    await changeTask(here.ours, { taskId: one.id, status: 'DONE' });
    await changeTask(here.ours, { taskId: two.id, status: 'CANCELLED' });
    expect(await finish()).toMatchObject({ status: 'DONE' });
    const reopen = changeTask(here.ours, { taskId: one.id, status: 'TODO' });
    expect(await refusal(reopen)).toBe('PARENT_CLOSED');
    expect(await refusal(add('Three', { parentTaskId: parent.id }))).toBe('PARENT_CLOSED');
  });

  test('CANCELLED goes down to open subtasks', async () => {
    const parent = await add('Parent');
    const part = await add('Part', { parentTaskId: parent.id });
    const deep = await add('Deep', { parentTaskId: part.id });
    const done = await add('Done', { parentTaskId: parent.id, status: 'DONE' });
    await changeTask(here.ours, { taskId: parent.id, status: 'CANCELLED' });
    const now = await here.ours.task.findMany({ where: { id: { in: [part.id, deep.id, done.id] } } });
    expect(new Set(now.map((t) => `${t.title} ${t.status}`))).toEqual(
      new Set(['Part CANCELLED', 'Deep CANCELLED', 'Done DONE']),
    );
  });

  test('takes no step that the table does not have', async () => {
    const task = await add('T');
    await changeTask(here.ours, { taskId: task.id, status: 'CANCELLED' });
    expect(await refusal(changeTask(here.ours, { taskId: task.id, status: 'DONE' }))).toBe('STATUS_STEP');
  });

  test('stays closed in a project that is over', async () => {
    const own = await newProject();
    const task = await createTask(here.ours, { projectId: own, title: 'T', status: 'DONE' });
    await setProjectStatus(here.ours, { projectId: own, status: 'COMPLETED' });
    expect(await refusal(changeTask(here.ours, { taskId: task.id, status: 'TODO' }))).toBe('PROJECT_CLOSED');
    await changeTask(here.ours, { taskId: task.id, title: 'Another name' });
  });

  test('of parent and subtask at the same time never leaves an open part below a DONE whole', async () => {
    for (let round = 0; round < 5; round += 1) {
      const parent = await add('Parent');
      const both = await Promise.allSettled([
        changeTask(here.ours, { taskId: parent.id, status: 'DONE' }),
        createTask(here.colleagues, { projectId, title: 'Part', parentTaskId: parent.id }),
      ]);
      expect(both.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
    }
  });
});

describe('the tree of tasks', () => {
  test('has three levels', async () => {
    const one = await add('1');
    const two = await add('2', { parentTaskId: one.id });
    const three = await add('3', { parentTaskId: two.id });
    expect(await refusal(add('4', { parentTaskId: three.id }))).toBe('TASK_TOO_DEEP');
  });

  test('stays within a project', async () => {
    const parentTaskId = (await add('Parent')).id;
    const other = createTask(here.ours, { projectId: await newProject(), title: 'T', parentTaskId });
    expect(await refusal(other)).toBe('PARENT_ELSEWHERE');
  });

  test('changes by moves only, and keeps subtasks from going with a deleted parent', async () => {
    const [a, b] = [await add('A'), await add('B')];
    const part = await add('Part', { parentTaskId: a.id });
    const write = taskRules.update!(here.ours, part as never, { parentTaskId: b.id });
    expect(await refusal(write)).toBe('MOVE_NEEDED');
    expect(await refusal(deleteTask(here.ours, a.id))).toBe('TASK_HAS_SUBTASKS');
    await deleteTask(here.ours, part.id);
    await deleteTask(here.ours, a.id);
    expect(await refusal(deleteTask(here.ours, a.id))).toBe('TASK_UNKNOWN');
    const last = await here.ours.task.aggregate({
      where: { projectId, parentTaskId: null },
      _max: { position: true },
      _count: true,
    });
    expect(last._max.position).toBe(last._count - 1);
  });
});

describe('an assigned task', () => {
  test('tells the new assignee once, again when it comes back, and nobody who took it', async () => {
    const other = await member(db, here.organization);
    const { id } = await add('T');
    const give = (assignedToId: string | null, by = here.ours) =>
      assignTask(by, { taskId: id, assignedToId });
    await give(other);
    await give(other);
    expect(await told(other)).toEqual([['A task was assigned to you', id]]);
    await give(here.colleague, here.colleagues);
    expect(await told(here.colleague)).toEqual([]);
    await give(null);
    await give(other);
    expect(await told(other)).toHaveLength(2);
  });

  test('goes to live members only', async () => {
    const gone = await member(db, here.organization);
    await db.platform.query('UPDATE organization_members SET left_at = now() WHERE user_id = $1', [gone]);
    expect(await refusal(add('T', { assignedToId: gone }))).toBe('NOT_A_MEMBER');
    expect(await refusal(add('T', { assignedToId: here.stranger }))).toBe('NOT_A_MEMBER');
  });

  test('of another organization is the same as none', async () => {
    const { id } = await add('T');
    const theirs = await newProject(here.theirs, here.stranger);
    const tries = [
      changeTask(here.theirs, { taskId: id, status: 'DONE' }),
      assignTask(here.theirs, { taskId: id, assignedToId: here.stranger }),
      deleteTask(here.theirs, id),
      createTask(here.theirs, { projectId: theirs, title: 'T', parentTaskId: id }),
    ];
    expect(await Promise.all(tries.map(refusal))).toEqual(Array(4).fill('TASK_UNKNOWN'));
  });
});

describe('reminders', () => {
  test('come once per due date, for today and tomorrow where the organization is', async () => {
    const who = await member(db, here.organization);
    await here.ours.organization.updateMany({ data: { settings: { timezone: 'America/Denver' } } });
    const due = (day: string, more = {}) =>
      add(day, { assignedToId: who, dueDate: new Date(day), ...more }).then((task) => task.id);
    const tomorrow = await due('2026-03-29');
    const today = await due('2026-03-28');
    await due('2026-03-30');
    await due('2026-03-27');
    await due('2026-03-28', { status: 'DONE' });
    // In Denver it is still the 28th.
    const now = new Date('2026-03-29T05:30:00Z');
    const runs = await Promise.all([
      remindOfDueTasks(here.system, { now }),
      remindOfDueTasks(here.system, { now }),
    ]);
    expect(runs.reduce((a, b) => a + b)).toBe(2);
    const reminders = (await told(who)).filter(([title]) => title!.startsWith('A task is due'));
    expect(new Set(reminders.map(([title, id]) => `${title} ${id}`))).toEqual(
      new Set([`A task is due today ${today}`, `A task is due tomorrow ${tomorrow}`]),
    );
    await changeTask(here.ours, { taskId: today, dueDate: new Date('2026-03-29') });
    expect(await remindOfDueTasks(here.system, { now })).toBe(1);
    expect(await remindOfDueTasks(here.theirs, { now })).toBe(0);
  });
});
