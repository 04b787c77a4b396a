export type { OrganizationEnv } from './env.ts';
export { HttpFault } from './http-fault.ts';
export type { ModelRules, Values } from './model-rules.ts';
export { recordOf } from './model-schema.ts';
export { type Problem, problemOf } from './problem.ts';
export { type Answer, type AnyRoute, answer, type Call, isAnswer, type Route, route, z } from './route.ts';
