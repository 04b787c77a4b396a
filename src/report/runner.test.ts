import { describe, expect, it } from 'vitest';
import { LotlineError } from '../errors.ts';
import { runSteps } from './runner.ts';
import type { ReportContext, Step, StepResult } from './step.ts';

const nothing = {} as ReportContext;
const fine: StepResult = { detail: 'fine', issues: [] };

function recorder() {
  const events: string[] = [];
  const step = (
    name: string,
    after: string[] = [],
    work: () => Promise<StepResult> = async () => fine,
  ): Step => ({
    name,
    section: 'commands',
    after,
    async run() {
      events.push(`+${name}`);
      await new Promise(setImmediate);
      try {
        return await work();
      } finally {
        events.push(`-${name}`);
      }
    },
  });
  return { events, step };
}

describe('the steps of a report', () => {
  it('run two at a time and are reported in the order of the list', async () => {
    const { events, step } = recorder();
    const report = await runSteps([step('a'), step('b'), step('c')], nothing);
    expect(events.slice(0, 3)).toEqual(['+a', '+b', '-a']);
    expect(report.steps.map((s) => s.name)).toEqual(['a', 'b', 'c']);
    expect(report.ok).toBe(true);
  });

  it('wait for the steps they need, and do not wait for one that the run leaves out', async () => {
    const { events, step } = recorder();
    await runSteps([step('build', ['generate']), step('generate'), step('read', ['absent'])], nothing);
    expect(events.indexOf('-generate')).toBeLessThan(events.indexOf('+build'));
    expect(events).toContain('-read');
  });

  it('fail alone: one that throws is an issue with its remedy, and the others go on', async () => {
    const { step } = recorder();
    const broken = step('broken', [], () => Promise.reject(new LotlineError('X', 'no disk', 'buy one')));
    const report = await runSteps([broken, step('next', ['broken'])], nothing);
    expect(report.issues).toEqual([{ step: 'broken', message: 'no disk', remedy: 'buy one' }]);
    expect(report.steps.map((s) => s.ok)).toEqual([false, true]);
  });

  it('that wait for each other are a fault of the list', async () => {
    const { step } = recorder();
    await expect(runSteps([step('a', ['b']), step('b', ['a'])], nothing)).rejects.toThrow('a, b');
  });
});
