import { type Case, peek } from './testing/case.ts';

export const cases: readonly Case[] = [
  {
    finds: 'a function without a search_path',
    breaks: peek(''),
    object: 'app.peek',
  },
];
