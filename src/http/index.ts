export type { OrganizationEnv } from './env.ts';
export type { ModelRules, Plan, Values } from './model-rules.ts';
export { recordOf } from './model-schema.ts';
export { type Answer, type AnyRoute, answer, type Call, isAnswer, type Route, route, z } from './route.ts';
