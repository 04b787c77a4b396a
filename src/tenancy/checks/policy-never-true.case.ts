import { type Case, ORG, select } from './testing/case.ts';

export const cases: readonly Case[] = [
  {
    finds: 'a condition that no row meets',
    breaks: select(`${ORG} AND false`),
    object: 'leads.extra USING',
  },
];
