import { type Case, peek } from './testing/case.ts';

export const cases: readonly Case[] = [
  {
    finds: 'a definer function without a search_path',
    breaks: peek('SECURITY DEFINER'),
    object: 'app.peek',
  },
  {
    finds: 'a definer function whose search_path the caller can fill',
    breaks: peek('SECURITY DEFINER SET search_path = public'),
    object: 'app.peek',
  },
];
