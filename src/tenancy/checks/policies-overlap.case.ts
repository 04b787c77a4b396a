import { type Case, DROP, ORG, select } from './testing/case.ts';

export const cases: readonly Case[] = [
  {
    finds: 'a second policy for reading',
    breaks: select(ORG),
    object: 'leads lotline_app select',
    mend: DROP,
  },
];
