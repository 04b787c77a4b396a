import type { Case } from './testing/case.ts';

export const cases: readonly Case[] = [
  {
    finds: 'a login for reports',
    breaks: 'CREATE ROLE check_reports LOGIN BYPASSRLS',
    object: 'check_reports',
  },
];
