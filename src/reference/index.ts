export { renderChecks } from './checks/render-checks.ts';
export { referenceSource } from './from-boundary.ts';
export { readReference } from './read.ts';
export { renderReference } from './render.ts';
export type { ReferenceSource } from './source.ts';
export { type ReferenceFiles, staleFiles, writeReference } from './write.ts';
