import type { Case } from './testing/case.ts';

export const cases: readonly Case[] = [
  {
    finds: 'an old release',
    breaks: "CREATE EXTENSION pg_trgm SCHEMA app VERSION '1.3'",
    object: 'pg_trgm',
  },
];
