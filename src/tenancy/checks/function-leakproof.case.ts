import { type Case, peek } from './testing/case.ts';

export const cases: readonly Case[] = [
  {
    finds: 'a function that the planner trusts',
    breaks: peek("LEAKPROOF SET search_path = ''"),
    object: 'app.peek',
  },
];
