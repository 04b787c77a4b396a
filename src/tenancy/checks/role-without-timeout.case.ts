import type { Case } from './testing/case.ts';

// Roles belong to the server, so no migration gives them bounds; the cases do it first.
const FIRST = ['lotline_app', 'lotline_ingest']
  .flatMap((role) => [
    `ALTER ROLE ${role} SET statement_timeout = '5s';`,
    `ALTER ROLE ${role} SET idle_in_transaction_session_timeout = '5s';`,
  ])
  .join(' ');

export const cases: readonly Case[] = [
  {
    finds: 'an application without bounds',
    first: FIRST,
    breaks: 'ALTER ROLE lotline_app RESET ALL',
    object: 'lotline_app',
  },
  {
    finds: 'a bound that was lifted',
    first: FIRST,
    breaks: 'ALTER ROLE lotline_ingest SET statement_timeout = 0',
    object: 'lotline_ingest',
  },
];
