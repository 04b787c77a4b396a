import { beforeAll, describe, expect, it } from 'vitest';
import { crmGround, dataApi, type Ground, plan } from '../../../test/support/crm.ts';
import { PERMISSIONS } from '../../auth/permissions.ts';
import type { Db } from '../../db.ts';
import { type AnyRoute, isAnswer } from '../../http/index.ts';
import { crm } from './index.ts';

/** Calls a route as the composition does: what was sent goes through its schemas. */
async function call(
  db: Db,
  operationId: string,
  sent: { params?: object; query?: object; body?: object } = {},
): Promise<{ status: number; body: unknown }> {
  const route = crm.routes.find((r) => r.operationId === operationId) as AnyRoute;
  const first = Number(Object.keys(route.answers).find((s) => s !== '200') ?? 200);
  const answered = await route.handler({
    db,
    who: { ...plan } as never,
    origin: {},
    params: route.params?.parse(sent.params ?? {}),
    query: route.query?.parse(sent.query ?? {}),
    body: route.body?.parse(sent.body ?? {}),
    signal: new AbortController().signal,
    afterwards: (work: () => void) => work(),
  });
  const { status, body } = isAnswer(answered) ? answered : { status: first, body: answered };
  const schema = route.answers[status]!.schema!;
  // What is answered is what the document says.
  schema.parse(JSON.parse(JSON.stringify(body)));
  return { status, body };
}

describe('routes', () => {
  let ground: Ground;

  beforeAll(async () => {
    ground = await crmGround();
  });

  it('have names and paths of their own, parameters that their paths name, and permissions there are', () => {
    const { routes } = crm;
    expect(new Set(routes.map((r) => r.operationId)).size).toBe(routes.length);
    expect(new Set(routes.map((r) => `${r.method} ${r.path}`)).size).toBe(routes.length);
    for (const { path, params, permission, method } of routes) {
      const named = [...path.matchAll(/\{(\w+)\}/g)].map((m) => m[1]);
      const shape = (params as unknown as { shape?: object })?.shape ?? {};
      expect(Object.keys(shape)).toEqual(named);
      expect(Object.keys(PERMISSIONS)).toContain(permission);
      expect(permission).toBe(method === 'get' ? 'crm:read' : 'crm:write');
    }
  });

  it('answer what they say, from a lead to a deal that is won', async () => {
    const db = ground.ours;
    const { id: leadId } = await dataApi.create(db, 'Lead', { name: 'Ada', email: 'ada@example.com' });
    expect(await call(db, 'scoreLead', { params: { leadId } })).toMatchObject({ status: 200 });
    const convert = { params: { leadId }, body: { value: '450000.00' } };
    const { status, body } = await call(db, 'convertLead', convert);
    expect(status).toBe(201);
    expect((await call(db, 'convertLead', convert)).status).toBe(200);
    const { deal, contact } = body as { deal: { id: string }; contact: { id: string } };
    const params = { dealId: deal.id };
    await call(db, 'moveDeal', { params, body: { stage: 'PROPOSAL', expectedStage: 'QUALIFIED' } });
    await call(db, 'abandonDeal', { params, body: { reason: 'Silence' } });
    await call(db, 'moveDeal', { params, body: { stage: 'CLOSED_WON' } });
    expect((await call(db, 'dealHistory', { params })).body).toMatchObject({ stages: { length: 3 } });
    expect((await call(db, 'dealBoard')).body).toMatchObject({ stages: { length: 7 } });
    expect((await call(db, 'dealForecast')).body).toMatchObject({ months: { length: 6 } });
    for (const [name, id] of Object.entries({ lead: leadId, contact: contact.id, deal: deal.id })) {
      expect((await call(db, `${name}Timeline`, { params: { [`${name}Id`]: id } })).body).toMatchObject({
        next: null,
      });
    }
    const other = await dataApi.create(db, 'Contact', { name: 'Ada' });
    expect((await call(db, 'duplicateContacts')).body).toMatchObject({ groups: [{ by: 'name' }] });
    await call(db, 'mergeContacts', { params: { contactId: other.id }, body: { from: contact.id } });
    const planned = await dataApi.create(db, 'Activity', {
      type: 'CALL',
      title: 'Call',
      contactId: other.id,
    });
    await call(db, 'completeActivity', { params: { activityId: planned.id }, body: { outcome: 'Done' } });
    for (const verb of ['archive', 'unarchive'])
      await call(db, `${verb}Deal`, { params: { dealId: deal.id } });
  });

  it('book, move and offer times', async () => {
    const assignedToId = ground.our.owner;
    const times = { startTime: '2027-06-01T10:00:00-06:00', endTime: '2027-06-01T11:00:00-06:00' };
    const booked = await call(ground.ours, 'bookAppointment', {
      body: { title: 'Viewing', assignedToId, ...times },
    });
    expect(booked).toMatchObject({ status: 201, body: { startTime: new Date('2027-06-01T16:00:00Z') } });
    const { id: appointmentId } = booked.body as { id: string };
    const move = { params: { appointmentId }, body: { startTime: '2027-06-01T09:00:00Z' } };
    expect(await call(ground.ours, 'moveAppointment', move)).toMatchObject({ status: 200 });
    const query = { assignedToId, from: '2027-06-01T00:00:00Z', to: '2027-06-02T00:00:00Z', minutes: '420' };
    expect((await call(ground.ours, 'availability', { query })).body).toEqual({
      timezone: 'UTC',
      slots: [{ start: '2027-06-01T10:00:00.000Z', end: '2027-06-01T17:00:00.000Z' }],
    });
  });

  it.each([
    ['moveDeal', { stage: 'SOMEWHERE' }],
    ['moveDeal', { stage: 'LEAD', unknown: 1 }],
    ['convertLead', { value: '1e9' }],
    ['convertLead', { value: 5 }],
    ['bookAppointment', { title: 'x', assignedToId: 'me', startTime: 'now', endTime: 'later' }],
    ['mergeContacts', { from: 'x' }],
  ])('of %s refuse the body %j', (operationId, body) => {
    const route = crm.routes.find((r) => r.operationId === operationId)!;
    expect(route.body!.safeParse(body).success).toBe(false);
  });

  it('and jobs have names of this module, and inputs that schedules can give', () => {
    for (const job of crm.jobs) {
      expect(job.name).toMatch(/^crm\.[a-z-]+$/);
      if (job.schedule) expect((job.input as { parse(v: unknown): unknown }).parse({})).toEqual({});
    }
    expect(new Set(crm.rules.map((r) => r.model)).size).toBe(crm.rules.length);
  });
});
