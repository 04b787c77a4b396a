import { type Case, ORG, select } from './testing/case.ts';

export const cases: readonly Case[] = [
  { finds: 'a policy that was added by hand', breaks: select(ORG), object: 'leads.extra' },
];
