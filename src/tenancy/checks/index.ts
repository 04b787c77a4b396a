export { type Declaration, explainDrift } from './drift/explain.ts';
export type { Check, CheckContext, DriftItem, Finding, Level, Observation } from './runner/check.ts';
export { listChecks } from './runner/list.ts';
export { checkContext, runCheck, runChecks } from './runner/run.ts';
