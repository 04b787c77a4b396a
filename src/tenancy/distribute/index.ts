export { distribute, requireDistributable } from './distribute.ts';
export { readClusterFacts } from './facts.ts';
export { type DistributionPlan, planDistribution } from './plan.ts';
