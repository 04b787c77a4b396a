export { type AttackOptions, type AttackReport, attack } from './attack.ts';
export * from './client/index.ts';
export { listMutants, type Mutant } from './mutants/index.ts';
export type { MutantResult } from './mutants/kill.ts';
export { ISOLATION_PAGE, isolationPage } from './page.ts';
export type { Finding, Probe } from './probe.ts';
export { reportObject, reportText } from './report.ts';
