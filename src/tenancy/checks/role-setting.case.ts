import type { Case } from './testing/case.ts';

export const cases: readonly Case[] = [
  {
    finds: 'a context kept for every session',
    breaks: "ALTER ROLE lotline_app SET app.context = 'x'",
    object: 'lotline_app app.context',
  },
];
