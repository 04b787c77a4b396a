import type { Case } from './testing/case.ts';

export const cases: readonly Case[] = [
  {
    finds: 'an extension among the tables',
    breaks: 'CREATE EXTENSION citext SCHEMA public',
    object: 'citext',
  },
];
