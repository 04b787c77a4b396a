import { type Case, DROP, ORG, select } from './testing/case.ts';

export const cases: readonly Case[] = [
  {
    finds: 'chance in a policy',
    breaks: select(`${ORG} AND random() > 0.5`),
    object: 'leads.extra USING',
    mend: DROP,
  },
  {
    finds: 'a volatile function of our own',
    breaks: select(`${ORG} AND id <> app.uuid_v7()`),
    object: 'leads.extra USING',
    mend: DROP,
  },
];
