import type { Case } from './testing/case.ts';

export const cases: readonly Case[] = [
  {
    finds: 'an application that may switch triggers off',
    breaks: 'GRANT SET ON PARAMETER session_replication_role TO lotline_app',
    object: 'parameter session_replication_role lotline_app',
  },
];
