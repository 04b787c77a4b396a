export { reportContext } from './context.ts';
export { complete, full, quick } from './lists.ts';
export { type Paint, paintFor } from './paint.ts';
export { reportJson } from './print-json.ts';
export { reportText, summaryLines } from './print-text.ts';
export { type Report, runSteps, type StepOutcome } from './runner.ts';
export type {
  Count,
  Facts,
  Issue,
  MigrationFacts,
  ModuleCount,
  Probes,
  ReportContext,
  RowSecurityFacts,
  Step,
} from './step.ts';
export { keepStudio } from './studio/keep.ts';
export { studioPort } from './studio/port.ts';
export { type ServedStudio, type StudioOptions, serveStudio } from './studio/serve.ts';
