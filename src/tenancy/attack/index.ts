export { type AttackOptions, type AttackReport, attack } from './attack.ts';
export type { Mutant } from './mutants/index.ts';
export type { MutantResult } from './mutants/kill.ts';
export type { Finding, Probe } from './probe.ts';
