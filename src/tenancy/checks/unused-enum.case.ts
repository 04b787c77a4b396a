import type { Case } from './testing/case.ts';

export const cases: readonly Case[] = [
  {
    finds: 'an enum without a column',
    breaks: "CREATE TYPE public.mood AS ENUM ('GOOD', 'BAD')",
    object: 'mood',
  },
];
