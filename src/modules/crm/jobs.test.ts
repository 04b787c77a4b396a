import { beforeAll, describe, expect, it } from 'vitest';
import { at, crmGround, type Ground } from '../../../test/support/crm.ts';
import type { Job } from '../../queue/index.ts';
import { bookAppointment } from './appointments.ts';
import { jobs } from './jobs.ts';

describe('jobs', () => {
  let ground: Ground;

  beforeAll(async () => {
    ground = await crmGround();
  });

  /** Runs a job as the worker does, with the input as the queue kept it. */
  const run = (name: string, input: unknown, signal = new AbortController().signal) => {
    const job = jobs.find((j) => j.name === name) as unknown as Job<unknown>;
    const progress = async () => {};
    return job.work({ db: ground.ours, input: job.input.parse(input), attempt: 1, progress, signal });
  };

  it('take what was put into the queue for them', async () => {
    const times = { startTime: at(15), endTime: at(16) };
    await bookAppointment(ground.ours, { title: 'Viewing', assignedToId: ground.our.owner, ...times });
    const [queued] = await ground.queued();
    expect(await run(queued!.name, queued!.input)).toEqual({ sent: true });
    expect(await run(queued!.name, queued!.input)).toEqual({ sent: false, because: 'sent' });
  });

  it('of the night answer what they did', async () => {
    await ground.ours.lead.create({ data: { name: 'Ada' } });
    expect(await run('crm.rescore-leads', {})).toEqual({ leads: 1, changed: 1 });
    expect(await run('crm.expire-listings', {})).toEqual({ expired: 0 });
  });

  it('end soon when they are told to', async () => {
    await expect(run('crm.rescore-leads', {}, AbortSignal.abort())).rejects.toThrow('aborted');
  });
});
