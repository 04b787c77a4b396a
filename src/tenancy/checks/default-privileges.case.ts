import type { Case } from './testing/case.ts';

export const cases: readonly Case[] = [
  {
    finds: 'tables that are born open',
    breaks:
      'ALTER DEFAULT PRIVILEGES FOR ROLE lotline_owner IN SCHEMA public GRANT SELECT ON TABLES TO lotline_app',
    object: 'tables in public lotline_app',
  },
  {
    finds: 'functions that are born open',
    breaks: 'ALTER DEFAULT PRIVILEGES FOR ROLE lotline_owner GRANT EXECUTE ON FUNCTIONS TO PUBLIC',
    object: 'functions public',
  },
];
