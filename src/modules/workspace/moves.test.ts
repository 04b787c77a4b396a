import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { freshDatabase } from '../../../test/support/database.ts';
import { type Offices, offices, refusal } from '../../../test/support/offices.ts';
import { tenancyOn } from '../../../test/support/tenancy.ts';
import type { Db } from '../../db.ts';
import { type Move, moveTask } from './moves.ts';
import { setProjectStatus } from './projects.ts';
import { changeTask, createTask } from './tasks.ts';

const db = await freshDatabase();
const tenancy = tenancyOn(db);
let here: Offices;

beforeAll(async () => {
  here = await offices(db, tenancy);
});

const newProject = async (bound: Db = here.ours, projectManagerId = here.owner) =>
  (await bound.project.create({ data: { name: 'P', status: 'ACTIVE', projectManagerId } })).id;
const add = async (projectId: string, title: string, parentTaskId: string | null = null) =>
  (await createTask(here.ours, { projectId, title, parentTaskId })).id;
const move = (taskId: string, to: Omit<Move, 'taskId'> = {}) => moveTask(here.ours, { taskId, ...to });

/** Titles of siblings in their order; fails unless their positions are 0, 1, 2 … */
async function order(projectId: string, parentTaskId: string | null = null): Promise<string[]> {
  const rows = await here.ours.task.findMany({
    where: { projectId, parentTaskId },
    orderBy: { position: 'asc' },
  });
  expect(rows.map((row) => row.position)).toEqual(rows.map((_, i) => i));
  return rows.map((row) => row.title);
}

describe('a move', () => {
  test('goes before or after a sibling, to the end, or to another parent', async () => {
    const p = await newProject();
    const [a, b, c] = [await add(p, 'a'), await add(p, 'b'), await add(p, 'c')];
    await move(c, { before: a });
    expect(await order(p)).toEqual(['c', 'a', 'b']);
    await move(c, { after: a });
    expect(await order(p)).toEqual(['a', 'c', 'b']);
    await move(a);
    expect(await order(p)).toEqual(['c', 'b', 'a']);
    const part = await add(p, 'part', b);
    await move(a, { before: part }); // the neighbour says the parent
    expect([await order(p), await order(p, b)]).toEqual([
      ['c', 'b'],
      ['a', 'part'],
    ]);
    await move(part, { parentTaskId: null, before: c });
    expect([await order(p), await order(p, b)]).toEqual([['part', 'c', 'b'], ['a']]);
  });

  test('to another project takes the subtasks along and counts both anew', async () => {
    const [from, to] = [await newProject(), await newProject()];
    const whole = await add(from, 'whole');
    const part = await add(from, 'part', whole);
    const deep = await add(from, 'deep', part);
    const stays = await add(from, 'stays');
    await changeTask(here.ours, { taskId: deep, status: 'DONE' });
    const there = await add(to, 'there');
    await move(whole, { projectId: to, before: there });
    expect(await order(from)).toEqual(['stays']);
    expect(await order(to)).toEqual(['whole', 'there']);
    const moved = await here.ours.task.findMany({ where: { id: { in: [part, deep] } } });
    expect(moved.map((task) => task.projectId)).toEqual([to, to]);
    const progress = async (id: string) =>
      (await here.ours.project.findFirstOrThrow({ where: { id } })).progressPercentage;
    expect([await progress(from), await progress(to)]).toEqual([0, 50]);
    await changeTask(here.ours, { taskId: stays, status: 'CANCELLED' });
    // A parent elsewhere says the project.
    expect(await refusal(move(part, { parentTaskId: stays }))).toBe('PARENT_CLOSED');
  });

  test('is refused where it makes a cycle, a fourth level, or no sense', async () => {
    const [p, other] = [await newProject(), await newProject()];
    const one = await add(p, 'one');
    const two = await add(p, 'two', one);
    const three = await add(p, 'three', two);
    const pair = await add(p, 'pair');
    await add(p, 'of pair', pair);
    const foreign = await add(other, 'foreign');
    const codes = await Promise.all(
      [
        move(one, { parentTaskId: three }),
        move(one, { parentTaskId: one }),
        move(pair, { parentTaskId: two }),
        move(pair, { parentTaskId: foreign, projectId: p }),
        move(pair, { before: two, parentTaskId: null }),
        move(pair, { before: pair }),
      ].map(refusal),
    );
    expect(codes).toEqual([
      'TASK_CYCLE',
      'TASK_CYCLE',
      'TASK_TOO_DEEP',
      'PARENT_ELSEWHERE',
      'NEIGHBOUR_ELSEWHERE',
      'NEIGHBOUR_ELSEWHERE',
    ]);
    expect(await refusal(move(pair, { before: one, after: one }))).toBe('TWO_NEIGHBOURS');
    expect(await order(p)).toEqual(['one', 'pair']);
  });

  test('into a project that is over is refused', async () => {
    const [p, over] = [await newProject(), await newProject()];
    await setProjectStatus(here.ours, { projectId: over, status: 'CANCELLED' });
    expect(await refusal(move(await add(p, 'a'), { projectId: over }))).toBe('PROJECT_CLOSED');
  });

  test('of or to what another organization has is the same as of none', async () => {
    const p = await newProject();
    const mine = await add(p, 'mine');
    const theirProject = await newProject(here.theirs, here.stranger);
    const theirs = (await createTask(here.theirs, { projectId: theirProject, title: 'theirs' })).id;
    const codes = await Promise.all(
      [
        move(theirs),
        move(mine, { parentTaskId: theirs }),
        move(mine, { before: theirs }),
        move(mine, { projectId: theirProject }),
      ].map(refusal),
    );
    expect(codes).toEqual(['TASK_UNKNOWN', 'TASK_UNKNOWN', 'TASK_UNKNOWN', 'PROJECT_UNKNOWN']);
  });
});

describe('moves at the same time', () => {
  test('that together would make a cycle: one is refused', async () => {
    const p = await newProject();
    for (let round = 0; round < 5; round += 1) {
      const [a, b] = [await add(p, 'a'), await add(p, 'b')];
      const both = await Promise.allSettled([
        moveTask(here.ours, { taskId: a, parentTaskId: b }),
        moveTask(here.colleagues, { taskId: b, parentTaskId: a }),
      ]);
      const refused = both.filter((one) => one.status === 'rejected');
      expect(refused.map((one) => one.reason.code)).toEqual(['TASK_CYCLE']);
    }
  });

  test('that together would make four levels: one is refused', async () => {
    const p = await newProject();
    const [a, b, c] = [await add(p, 'a'), await add(p, 'b'), await add(p, 'c')];
    await add(p, 'b2', b);
    const both = await Promise.allSettled([
      move(b, { parentTaskId: a }),
      moveTask(here.colleagues, { taskId: a, parentTaskId: c }),
    ]);
    const refused = both.filter((one) => one.status === 'rejected');
    expect(refused.map((one) => one.reason.code)).toEqual(['TASK_TOO_DEEP']);
  });

  test('lose no task and double no place, within a project and across', async () => {
    const [p, q] = [await newProject(), await newProject()];
    const ids = await Promise.all(['a', 'b', 'c', 'd', 'e', 'f'].map((title) => add(p, title)));
    const across = await Promise.all(['x', 'y', 'z'].map((title) => add(q, title)));
    await Promise.all([
      ...ids.map((id, i) => move(id, { before: ids[(i + 1) % ids.length]! }).catch(onlyElsewhere)),
      ...ids.slice(0, 3).map((id) => move(id, { projectId: q })),
      ...across.map((id) => move(id, { projectId: p })),
    ]);
    const all = [...(await order(p)), ...(await order(q))];
    expect(all.sort()).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'x', 'y', 'z']);
  });
});

/** The neighbour may have gone to the other project in the same moment. */
function onlyElsewhere(error: { code?: string }): void {
  expect(['NEIGHBOUR_ELSEWHERE', 'TASK_MOVED']).toContain(error.code);
}

test('whatever is moved, tasks stay a forest of three levels and positions of siblings a permutation', async () => {
  const projects = [await newProject(), await newProject()];
  const ids: string[] = [];
  for (let i = 0; i < 8; i += 1) ids.push(await add(projects[i % 2]!, String(i)));
  const pick = fc.nat({ max: ids.length - 1 });
  const step = fc.record(
    {
      task: pick,
      project: fc.option(fc.nat({ max: 1 }), { nil: undefined }),
      parent: fc.option(fc.option(pick, { nil: null }), { nil: undefined }),
      before: fc.option(pick, { nil: undefined }),
    },
    { requiredKeys: ['task', 'project', 'parent', 'before'] },
  );
  const known = ['TASK_CYCLE', 'TASK_TOO_DEEP', 'PARENT_ELSEWHERE', 'NEIGHBOUR_ELSEWHERE'];
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 6 }), async (steps) => {
      for (const { task, project, parent, before } of steps)
        await move(ids[task]!, {
          projectId: project === undefined ? undefined : projects[project],
          parentTaskId: parent === undefined || parent === null ? parent : ids[parent],
          before: before === undefined ? undefined : ids[before],
        }).catch((error) => {
          if (!known.includes(error.code)) throw error;
        });
      const rows = await here.ours.task.findMany({ where: { id: { in: ids } } });
      expect(rows).toHaveLength(ids.length);
      const byId = new Map(rows.map((row) => [row.id, row]));
      for (const row of rows) {
        let [level, at] = [1, row];
        while (at.parentTaskId) {
          level += 1;
          expect(level).toBeLessThanOrEqual(3);
          at = byId.get(at.parentTaskId)!;
          expect(at.projectId).toBe(row.projectId);
        }
        const siblings = rows.filter(
          (other) => other.projectId === row.projectId && other.parentTaskId === row.parentTaskId,
        );
        const places = siblings.map((sibling) => sibling.position).sort((a, b) => a - b);
        expect(places).toEqual(places.map((_, i) => i));
      }
    }),
    { numRuns: 40 },
  );
});
