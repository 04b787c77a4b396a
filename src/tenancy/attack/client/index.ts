export {
  attackClient,
  CLIENT_PROBES,
  type ClientAttackOptions,
  type ClientMutantResult,
  type ClientReport,
} from './attack-client.ts';
export { CLIENT_MUTANTS, type ClientMutant } from './mutants.ts';
export type { ClientFinding, ClientProbe } from './probe.ts';
