import { beforeAll, describe, expect, it } from 'vitest';
import { at, crmGround, dataApi, type Ground } from '../../../test/support/crm.ts';
import { bookAppointment, moveAppointment } from './appointments.ts';
import { type Reminder, remind, reminderMinutes } from './reminders.ts';
import { keyOf } from './rows.ts';

describe('reminders', () => {
  let ground: Ground;

  beforeAll(async () => {
    ground = await crmGround();
    await ground.settings({ timezone: 'America/Denver', reminder_minutes: [60, 1440] });
  });

  const book = (assignedToId: string, startTime: Date) =>
    bookAppointment(ground.ours, {
      title: 'Viewing',
      location: 'Elm Street 1',
      assignedToId,
      startTime,
      endTime: new Date(startTime.getTime() + 3_600_000),
    });
  const queuedFor = async (id: string) =>
    (await ground.queued())
      .filter((q) => q.input.appointmentId === id)
      .sort((a, b) => Number(a.run_at) - Number(b.run_at));
  const notes = async (agent: string) => ground.as(agent).notification.findMany();

  it('are put into the queue with the appointment, each for its minutes before', async () => {
    const { id } = await book(await ground.agent(), at(15));
    const queued = await queuedFor(id);
    expect(queued.map((q) => [q.name, q.input.minutesBefore, q.run_at])).toEqual([
      ['crm.remind', 1440, at(15, 0, 0)],
      ['crm.remind', 60, at(14)],
    ]);
    expect(new Set(queued.map((q) => q.dedupe_key)).size).toBe(2);
  });

  it('are left out where their time has passed, and where nobody is expected', async () => {
    const soon = new Date(Date.now() + 30 * 60_000);
    expect(await queuedFor((await book(await ground.agent(), soon)).id)).toEqual([]);
    const values = {
      title: 'x',
      assignedToId: await ground.agent(),
      startTime: at(1),
      endTime: at(2),
      status: 'CANCELLED',
    };
    expect(await queuedFor((await dataApi.create(ground.ours, 'Appointment', values)).id)).toEqual([]);
  });

  it('tell the assignee once and are written down, however often they run', async () => {
    const agent = await ground.agent();
    const { id } = await book(agent, at(15, 0, 5));
    const [, hour] = (await queuedFor(id)).map((q) => q.input as unknown as Reminder);
    const results = await Promise.all(Array.from({ length: 4 }, () => remind(ground.ours, hour!)));
    expect(results.filter((r) => r.sent)).toHaveLength(1);
    expect(await remind(ground.ours, hour!)).toEqual({ sent: false, because: 'sent' });
    const year = at(0).getUTCFullYear();
    expect(await notes(agent)).toMatchObject([
      {
        title: 'Viewing',
        message: `${year}-06-05 09:00 to 10:00 (America/Denver), Elm Street 1`,
        entityId: id,
      },
    ]);
    const { remindersSent } = await ground.ours.appointment.findUniqueOrThrow({
      where: keyOf(ground.ours, id),
    });
    expect(remindersSent).toMatchObject([{ channel: 'IN_APP', minutes_before: 60 }]);
  });

  it('of a moved appointment say nothing, and those of its new time do', async () => {
    const agent = await ground.agent();
    const { id } = await book(agent, at(15, 0, 6));
    const [, old] = (await queuedFor(id)).map((q) => q.input as unknown as Reminder);
    await remind(ground.ours, old!);
    const moved = await moveAppointment(ground.ours, id, { startTime: at(9, 0, 7) });
    expect(moved.remindersSent).toEqual([]);
    expect(await remind(ground.ours, old!)).toEqual({ sent: false, because: 'moved' });
    const fresh = (await queuedFor(id)).at(-1)!.input as unknown as Reminder;
    expect(await remind(ground.ours, fresh)).toEqual({ sent: true });
    expect(await notes(agent)).toHaveLength(2);
  });

  it('of an appointment that is cancelled, deleted, begun or of another organization say nothing', async () => {
    const agent = await ground.agent();
    const { id, startTime } = await book(agent, at(15, 0, 8));
    const reminder = { appointmentId: id, startTime: startTime.toISOString(), minutesBefore: 60 };
    expect(await remind(ground.theirs, reminder)).toEqual({ sent: false, because: 'gone' });
    expect(await remind(ground.ours, reminder, startTime)).toEqual({ sent: false, because: 'over' });
    await dataApi.update(ground.ours, 'Appointment', id, { status: 'CANCELLED' });
    expect(await remind(ground.ours, reminder)).toEqual({ sent: false, because: 'over' });
    await dataApi.remove(ground.ours, 'Appointment', id);
    expect(await remind(ground.ours, reminder)).toEqual({ sent: false, because: 'gone' });
    expect(await notes(agent)).toEqual([]);
  });

  it('come an hour before unless the settings name whole minutes', () => {
    expect(reminderMinutes({})).toEqual([60]);
    expect(reminderMinutes({ reminder_minutes: [30, 30, -1, 'x', 1.5] })).toEqual([30]);
    expect(reminderMinutes({ reminder_minutes: [] })).toEqual([]);
  });
});
