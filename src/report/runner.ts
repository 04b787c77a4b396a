import { LotlineError } from '../errors.ts';
import type { Facts, Issue, ReportContext, Step, StepResult } from './step.ts';

export interface StepOutcome {
  readonly name: string;
  readonly section: Step['section'];
  readonly ok: boolean;
  /** Whole milliseconds. */
  readonly ms: number;
  readonly detail: string;
  readonly output: string;
  readonly issues: readonly Issue[];
}

/** What a run of steps found. Facts are there as far as their steps were part of the run. */
export interface Report {
  readonly ok: boolean;
  readonly facts: Partial<Facts>;
  /** In the order of the list, whatever ended first. */
  readonly steps: readonly StepOutcome[];
  readonly issues: readonly Issue[];
  readonly ms: number;
}

/** Two at a time: most steps wait for another process. */
const LANES = 2;

/** Runs the steps, each once those it names in `after` have ended. A step that throws has failed; the others go on. */
export async function runSteps(
  steps: readonly Step[],
  context: ReportContext,
  onProgress: (name: string) => void = () => {},
): Promise<Report> {
  const started = performance.now();
  const facts: Partial<Facts> = {};
  const outcomes = new Map<Step, StepOutcome>();
  const waiting = [...steps];
  const running = new Set<Promise<void>>();
  const mayRun = (step: Step) =>
    (step.after ?? []).every((name) => steps.every((s) => s.name !== name || outcomes.has(s)));
  while (waiting.length + running.size > 0) {
    const next = running.size < LANES ? waiting.findIndex(mayRun) : -1;
    const [step] = next < 0 ? [] : waiting.splice(next, 1);
    if (!step) {
      if (running.size === 0)
        throw new Error(`steps wait for each other: ${waiting.map((s) => s.name).join(', ')}`);
      await Promise.race(running);
      continue;
    }
    onProgress(step.name);
    const run: Promise<void> = runStep(step, context).then(({ outcome, result }) => {
      outcomes.set(step, outcome);
      Object.assign(facts, result.facts);
      running.delete(run);
    });
    running.add(run);
  }
  const done = steps.map((step) => outcomes.get(step)!);
  const issues = done.flatMap((outcome) => outcome.issues);
  return { ok: issues.length === 0, facts, steps: done, issues, ms: Math.round(performance.now() - started) };
}

async function runStep(
  step: Step,
  context: ReportContext,
): Promise<{ outcome: StepOutcome; result: StepResult }> {
  const started = performance.now();
  const result = await step.run(context).catch(failure);
  const outcome = {
    name: step.name,
    section: step.section,
    ok: result.issues.length === 0,
    ms: Math.round(performance.now() - started),
    detail: result.detail,
    output: result.output ?? '',
    issues: result.issues.map((issue) => ({ step: step.name, ...issue })),
  };
  return { outcome, result };
}

function failure(error: unknown): StepResult {
  const known = error instanceof LotlineError;
  const message = error instanceof Error ? error.message : String(error);
  return {
    detail: 'could not be checked',
    issues: [{ message, remedy: known ? error.hint : 'mend the cause, then repeat' }],
  };
}
