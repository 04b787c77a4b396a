import { type Case, DROP, ORG, select } from './testing/case.ts';

export const cases: readonly Case[] = [
  {
    finds: 'a bypass by setting',
    breaks: select(`${ORG} OR current_setting('app.bypass', true) = 'on'`),
    object: 'leads.extra USING',
    mend: DROP,
  },
];
