export { type Declaration, explainDrift } from './drift/explain.ts';
export type { Check, CheckContext, DriftItem, Finding, Level, Observation } from './runner/check.ts';
export { listChecks } from './runner/list.ts';
export {
  checkContext,
  type Findings,
  type RunOptions,
  runCheck,
  runChecks,
  type WaivedFinding,
} from './runner/run.ts';
export { sarifLog } from './runner/sarif.ts';
export { querySource } from './runner/sql-check.ts';
export type { Case } from './testing/case.ts';
export { listCases } from './testing/list-cases.ts';
export { parseWaivers, readWaivers, WAIVERS } from './waivers/read-waivers.ts';
export type { Waiver } from './waivers/waiver.ts';
