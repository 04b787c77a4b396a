import { beforeAll, describe, expect, it } from 'vitest';
import { at, crmGround, dataApi, type Ground } from '../../../test/support/crm.ts';
import { bookAppointment, moveAppointment } from './appointments.ts';
import { availability } from './availability.ts';

describe('appointments', () => {
  let ground: Ground;

  beforeAll(async () => {
    ground = await crmGround();
    await ground.settings({ timezone: 'America/Denver' });
  });

  const book = (assignedToId: string, from: Date, to: Date, more = {}) =>
    bookAppointment(ground.ours, { title: 'Viewing', assignedToId, startTime: from, endTime: to, ...more });
  const overlap = { code: 'APPOINTMENT_OVERLAP', kind: 'conflict' };

  it('of one member do not overlap, and the refusal names the one in the way', async () => {
    const agent = await ground.agent();
    await book(agent, at(15), at(16), { title: 'Second viewing' });
    const year = at(0).getUTCFullYear();
    await expect(book(agent, at(15, 59), at(17))).rejects.toMatchObject({
      ...overlap,
      message: `"Second viewing" is in the calendar then: ${year}-06-01 09:00 to 10:00 (America/Denver).`,
    });
    const generic = {
      title: 'x',
      assignedToId: agent,
      startTime: at(14).toISOString(),
      endTime: at(18).toISOString(),
    };
    await expect(dataApi.create(ground.ours, 'Appointment', generic)).rejects.toMatchObject(overlap);
  });

  it('may touch, may be of others, and may overlap where that is wanted', async () => {
    const [a, b] = [await ground.agent(), await ground.agent()];
    await book(a, at(15), at(16));
    await book(a, at(16), at(17));
    await book(a, at(14), at(15));
    await book(b, at(15), at(16));
    await book(a, at(15), at(16), { allowOverlap: true });
  });

  it('booked many times at once for one time, one is', async () => {
    const agent = await ground.agent();
    const tries = Array.from({ length: 10 }, (_, n) => book(agent, at(15, n), at(16)));
    const settled = await Promise.allSettled(tries);
    expect(settled.filter((s) => s.status === 'fulfilled')).toHaveLength(1);
    for (const s of settled) if (s.status === 'rejected') expect(s.reason).toMatchObject(overlap);
  });

  it('moved at once into one time, one is', async () => {
    const agent = await ground.agent();
    const three = await Promise.all([1, 2, 3].map((n) => book(agent, at(9 + n), at(10 + n))));
    const moves = three.map(({ id }) => moveAppointment(ground.ours, id, { startTime: at(20) }));
    const settled = await Promise.allSettled(moves);
    expect(settled.filter((s) => s.status === 'fulfilled')).toHaveLength(1);
  });

  it('that are cancelled or not attended leave their time free, and come back only into free time', async () => {
    const agent = await ground.agent();
    const { id } = await book(agent, at(15), at(16));
    const status = (to: string) => dataApi.update(ground.ours, 'Appointment', id, { status: to });
    await status('CANCELLED');
    const other = await book(agent, at(15), at(16));
    await expect(status('SCHEDULED')).rejects.toMatchObject(overlap);
    await dataApi.update(ground.ours, 'Appointment', other.id, { status: 'NO_SHOW' });
    expect((await status('SCHEDULED')).status).toBe('SCHEDULED');
    await expect(status('COMPLETED')).resolves.toMatchObject({ status: 'COMPLETED' });
    await expect(status('CANCELLED')).rejects.toMatchObject({ code: 'MOVE_NOT_ALLOWED' });
  });

  it('keep their length when moved, and are not in their own way', async () => {
    const agent = await ground.agent();
    const { id } = await book(agent, at(15), at(16, 30));
    const moved = await moveAppointment(ground.ours, id, { startTime: at(15, 30) });
    expect(moved).toMatchObject({ startTime: at(15, 30), endTime: at(17) });
    await book(agent, at(18), at(19));
    await expect(moveAppointment(ground.ours, id, { startTime: at(18) })).rejects.toMatchObject(overlap);
    await moveAppointment(ground.ours, id, { startTime: at(18), allowOverlap: true });
    expect((await dataApi.update(ground.ours, 'Appointment', id, { title: 'Renamed' })).title).toBe(
      'Renamed',
    );
  });

  it('given to another member need that member’s time', async () => {
    const [a, b] = [await ground.agent(), await ground.agent()];
    const { id } = await book(a, at(15), at(16));
    await book(b, at(15), at(16));
    await expect(moveAppointment(ground.ours, id, { assignedToId: b })).rejects.toMatchObject(overlap);
    const stranger = ground.theirs.$tenant.userId;
    const code = 'ASSIGNEE_NOT_A_MEMBER';
    await expect(moveAppointment(ground.ours, id, { assignedToId: stranger })).rejects.toMatchObject({
      code,
    });
  });

  it('of another organization are missing, and theirs are in nobody’s way', async () => {
    const { id } = await book(ground.our.owner, at(3), at(4));
    await expect(moveAppointment(ground.theirs, id, { startTime: at(5) })).rejects.toMatchObject({
      kind: 'missing',
    });
    const lead = await dataApi.create(ground.theirs, 'Lead', { name: 'Theirs' });
    await expect(book(ground.our.owner, at(5), at(6), { leadId: lead.id })).rejects.toMatchObject({
      code: 'REFERENCE_MISSING',
    });
  });
});

describe('availability', () => {
  let ground: Ground;

  beforeAll(async () => {
    ground = await crmGround();
  });

  const free = async (assignedToId: string, from: string, to: string, minutes = 60) =>
    (
      await availability(ground.ours, { assignedToId, from: new Date(from), to: new Date(to), minutes })
    ).slots.map((s) => s.start.toISOString().slice(0, 16));

  it('is nine to five on weekdays of the organization’s clock, before and after it changes', async () => {
    await ground.settings({ timezone: 'America/Denver' });
    const agent = await ground.agent();
    // Friday 6 March 2026 to Monday 9 March; clocks go forward on Sunday.
    const slots = await free(agent, '2026-03-06T00:00:00Z', '2026-03-10T12:00:00Z', 240);
    expect(slots).toEqual(['2026-03-06T16:00', '2026-03-06T20:00', '2026-03-09T15:00', '2026-03-09T19:00']);
  });

  it('leaves out what is booked, but not what is cancelled', async () => {
    await ground.settings({ timezone: 'UTC' });
    const agent = await ground.agent();
    const meet = (from: string, to: string, status: 'SCHEDULED' | 'CANCELLED' = 'SCHEDULED') =>
      bookAppointment(ground.ours, {
        title: 'Viewing',
        assignedToId: agent,
        startTime: new Date(`2027-06-01T${from}Z`),
        endTime: new Date(`2027-06-01T${to}Z`),
        status,
      });
    await meet('10:30', '12:00');
    await meet('14:00', '15:00', 'CANCELLED');
    const slots = await free(agent, '2027-06-01T00:00:00Z', '2027-06-02T00:00:00Z');
    expect(slots.map((s) => s.slice(11))).toEqual(['09:00', '12:00', '13:00', '14:00', '15:00', '16:00']);
  });

  it('follows the hours and time zone of the organization, or of the member', async () => {
    const [a, b] = [await ground.agent(), await ground.agent()];
    await ground.settings({
      timezone: 'UTC',
      working_hours: {
        tue: [
          ['08:00', '09:00'],
          ['23:00', '24:00'],
        ],
        members: { [b]: { timezone: 'Asia/Kolkata', tue: [['10:00', '11:00']] } },
      },
    });
    const of = (agent: string) => free(agent, '2027-05-31T00:00:00Z', '2027-06-03T00:00:00Z');
    expect(await of(a)).toEqual(['2027-06-01T08:00', '2027-06-01T23:00']);
    expect(await of(b)).toEqual(['2027-06-01T04:30']);
    await ground.settings({ timezone: 'Moon/Sea', working_hours: { tue: 'always' } });
    expect(await of(a)).toContain('2027-06-01T09:00');
  });

  it('offers the hour that is doubled twice, as two hours, and none that is skipped', async () => {
    const agent = await ground.agent();
    await ground.settings({ timezone: 'America/Denver', working_hours: { sun: [['00:00', '04:00']] } });
    expect(await free(agent, '2026-11-01T00:00:00Z', '2026-11-02T00:00:00Z')).toHaveLength(5);
    expect(await free(agent, '2026-03-08T00:00:00Z', '2026-03-09T00:00:00Z')).toHaveLength(3);
  });

  it('is asked of members for up to 62 days', async () => {
    const stranger = ground.theirs.$tenant.userId!;
    const ask = (id: string, to: string) => free(id, '2026-01-01T00:00:00Z', to);
    await expect(ask(stranger, '2026-01-02T00:00:00Z')).rejects.toMatchObject({
      code: 'ASSIGNEE_NOT_A_MEMBER',
    });
    await expect(ask(ground.our.owner, '2026-04-01T00:00:00Z')).rejects.toMatchObject({ code: 'SPAN_UNFIT' });
    await expect(ask(ground.our.owner, '2025-01-01T00:00:00Z')).rejects.toMatchObject({ code: 'SPAN_UNFIT' });
  });

  it('lets a viewer ask', async () => {
    await ground.settings({});
    const viewer = await ground.agent('VIEWER');
    const query = {
      assignedToId: viewer,
      from: new Date('2027-06-01'),
      to: new Date('2027-06-02'),
      minutes: 480,
    };
    expect((await availability(ground.as(viewer, 'VIEWER'), query)).slots).toHaveLength(1);
  });
});
