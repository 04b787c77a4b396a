import { describe, expect, it } from 'vitest';
import { create, remove, update } from './testing/data-api.ts';
import { fixture } from './testing/fixture.ts';
import type { Step } from './workflow-steps.ts';
import { startWorkflow } from './workflows.ts';

const { ours, theirs, as, loop, party, moveThrough } = await fixture();
const db = as(ours);
const refusal = (code: string) => expect.objectContaining({ code });
const task = (loopId: string, values = {}) =>
  create(db, 'TransactionTask', { loopId, title: 'Check the title', ...values });
const move = (id: string, status: string) => update(db, 'TransactionTask', id, { status });
const progress = async (id: string) => (await db.transactionLoop.findFirst({ where: { id } }))!.progress;

describe('a task', () => {
  it('is completed with the status DONE, and reopened with it', async () => {
    const { id } = await loop(db);
    const one = await task(id);
    await task(id);
    expect(one).toMatchObject({ status: 'TODO', completedAt: null, createdById: ours.owner });
    expect(await move(one.id, 'DONE')).toMatchObject({ completedAt: expect.any(Date) });
    expect(await progress(id)).toBe(50);
    expect(await move(one.id, 'IN_PROGRESS')).toMatchObject({ completedAt: null });
    expect(await progress(id)).toBe(0);
    expect(await task(id, { status: 'DONE' })).toMatchObject({ completedAt: expect.any(Date) });
  });

  it('goes only where the table lets it, and has its completion closed', async () => {
    const one = await task((await loop(db)).id, { status: 'CANCELLED' });
    await expect(move(one.id, 'DONE')).rejects.toThrow(refusal('STATUS_NOT_ALLOWED'));
    await expect(update(db, 'TransactionTask', one.id, { completedAt: new Date() })).rejects.toThrow(
      refusal('FIELD_CLOSED'),
    );
  });

  it('is assigned to an active party of its own transaction', async () => {
    const [here, there] = [await loop(db), await loop(db)];
    const stranger = await party(db, there.id);
    const own = await party(db, here.id);
    const one = await task(here.id, { assignedToId: own.id });
    await expect(task(here.id, { assignedToId: stranger.id })).rejects.toMatchObject({ kind: 'missing' });
    await expect(update(db, 'TransactionTask', one.id, { assignedToId: stranger.id })).rejects.toMatchObject({
      kind: 'missing',
    });
  });

  it('neither starts nor changes in a transaction that has ended', async () => {
    const { id } = await loop(db);
    const one = await task(id);
    await moveThrough(db, id, 'CANCELLED');
    const attempts = [
      () => task(id),
      () => move(one.id, 'DONE'),
      () => remove(db, 'TransactionTask', one.id),
    ];
    for (const attempt of attempts) await expect(attempt()).rejects.toThrow(refusal('LOOP_ENDED'));
  });

  it('that is deleted counts no more', async () => {
    const { id } = await loop(db);
    await task(id, { status: 'DONE' });
    const open = await task(id);
    expect(await progress(id)).toBe(50);
    await remove(db, 'TransactionTask', open.id);
    expect(await progress(id)).toBe(100);
  });
});

describe('a workflow', () => {
  const steps = [
    { key: 'inspection', name: 'Inspection', type: 'task', order: 2, due_offset_days: 7 },
    { key: 'offer', name: 'Offer', type: 'task', order: 1, assignee_role: 'SELLER' },
  ];
  const template = () => create(db, 'Workflow', { name: 'Purchase', steps });

  it('makes a task of each step, with its day and party', async () => {
    const { id } = await loop(db);
    const seller = await party(db, id, { role: 'SELLER' });
    const { id: templateId } = await template();
    const startsOn = new Date('2026-03-01T00:00:00Z');
    const { workflow, started } = await startWorkflow(db, { loopId: id, templateId, startsOn });
    expect(started).toBe(true);
    expect(workflow).toMatchObject({ name: 'Purchase', isTemplate: false, loopId: id, status: 'ACTIVE' });
    const tasks = await db.transactionTask.findMany({ where: { loopId: id }, orderBy: { title: 'asc' } });
    expect(tasks).toMatchObject([
      { title: 'Inspection', dueDate: new Date('2026-03-08T00:00:00Z'), assignedToId: null },
      { title: 'Offer', dueDate: null, assignedToId: seller.id },
    ]);
  });

  it('is started once, also at once', async () => {
    const { id } = await loop(db);
    const { id: templateId } = await template();
    const starts = await Promise.all([1, 2, 3].map(() => startWorkflow(db, { loopId: id, templateId })));
    expect(starts.filter((s) => s.started)).toHaveLength(1);
    expect(new Set(starts.map((s) => s.workflow.id)).size).toBe(1);
    expect(await db.transactionTask.count({ where: { loopId: id } })).toBe(2);
  });

  it('follows its tasks to the end, and back', async () => {
    const { id } = await loop(db);
    const { workflow } = await startWorkflow(db, { loopId: id, templateId: (await template()).id });
    const [offer, inspection] = workflow.steps as Step[];
    const state = async () => (await db.workflow.findFirst({ where: { id: workflow.id } }))!;
    await move(offer!.task_id!, 'DONE');
    expect((await state()).status).toBe('ACTIVE');
    expect((await state()).steps).toMatchObject([
      { key: 'offer', done_at: expect.any(String) },
      { done_at: null },
    ]);
    await move(inspection!.task_id!, 'CANCELLED');
    expect((await state()).status).toBe('COMPLETED');
    await move(offer!.task_id!, 'TODO');
    expect(await state()).toMatchObject({
      status: 'ACTIVE',
      steps: [{ done_at: null }, { skipped_at: expect.any(String) }],
    });
    await expect(remove(db, 'TransactionTask', offer!.task_id!)).rejects.toThrow(refusal('TASK_IS_STEP'));
  });

  it('finishes when its last two tasks are done at once', async () => {
    const { id } = await loop(db);
    const { workflow } = await startWorkflow(db, { loopId: id, templateId: (await template()).id });
    await Promise.all((workflow.steps as Step[]).map((s) => move(s.task_id!, 'DONE')));
    expect(await db.workflow.findFirst({ where: { id: workflow.id } })).toMatchObject({
      status: 'COMPLETED',
    });
    expect(await progress(id)).toBe(100);
  });

  it('comes of a template of the organization that is in use', async () => {
    const { id } = await loop(db);
    const { id: templateId } = await template();
    await expect(startWorkflow(as(theirs), { loopId: id, templateId })).rejects.toMatchObject({
      kind: 'missing',
    });
    const foreign = await create(as(theirs), 'Workflow', { name: 'Theirs', steps });
    await expect(startWorkflow(db, { loopId: id, templateId: foreign.id })).rejects.toMatchObject({
      kind: 'missing',
    });
    const { workflow } = await startWorkflow(db, { loopId: id, templateId });
    await expect(startWorkflow(db, { loopId: id, templateId: workflow.id })).rejects.toThrow(
      refusal('TEMPLATE_NEEDED'),
    );
  });

  it('keeps its steps from the data API, which may cancel it', async () => {
    const { id } = await loop(db);
    const { workflow } = await startWorkflow(db, { loopId: id, templateId: (await template()).id });
    for (const changes of [{ steps }, { status: 'COMPLETED' }])
      await expect(update(db, 'Workflow', workflow.id, changes)).rejects.toThrow(
        refusal('WORKFLOW_FOLLOWS_TASKS'),
      );
    await expect(remove(db, 'Workflow', workflow.id)).rejects.toThrow(refusal('WORKFLOW_RUNS'));
    expect(await update(db, 'Workflow', workflow.id, { status: 'CANCELLED' })).toMatchObject({
      status: 'CANCELLED',
    });
  });

  it.each([
    ['no list', {}],
    ['nothing', []],
    ['a key twice', [steps[0], steps[0]]],
    ['an unknown role', [{ ...steps[0], assignee_role: 'CAT' }]],
    ['an unknown field', [{ ...steps[0], colour: 'red' }]],
  ])('has no steps that are %s', async (_what, value) => {
    await expect(create(db, 'Workflow', { name: 'Odd', steps: value })).rejects.toMatchObject({
      kind: 'invalid',
      code: 'STEPS_INVALID',
    });
  });
});
