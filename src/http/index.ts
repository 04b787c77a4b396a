export type { OrganizationEnv } from './env.ts';
export { HttpFault } from './http-fault.ts';
export type { ModelRules, Plan, Values } from './model-rules.ts';
export { modelOf, recordOf } from './model-schema.ts';
export { completeProblem, PROBLEM_TYPE, type Problem, problemOf } from './problem.ts';
export { type Answer, type AnyRoute, answer, type Call, isAnswer, type Route, route, z } from './route.ts';
export { textFault, textFaults } from './text-faults.ts';
