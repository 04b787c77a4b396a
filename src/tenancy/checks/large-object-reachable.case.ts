import type { Case } from './testing/case.ts';

export const cases: readonly Case[] = [
  {
    finds: 'a file that the application may read',
    breaks: "SELECT lo_from_bytea(4711, 'a file'); GRANT SELECT ON LARGE OBJECT 4711 TO lotline_app",
    object: 'large object 4711',
  },
];
