import type { Case } from './testing/case.ts';

export const cases: readonly Case[] = [
  {
    finds: 'a reader of the log',
    breaks: 'CREATE ROLE check_reader REPLICATION',
    object: 'check_reader',
  },
];
