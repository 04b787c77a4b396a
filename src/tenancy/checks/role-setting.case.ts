import type { Case } from './testing/case.ts';

export const cases: readonly Case[] = [
  {
    finds: 'a context kept for every session',
    breaks: "ALTER ROLE lotline_app SET app.context = 'x'",
    object: 'lotline_app app.context',
  },
  {
    finds: 'row security that raises instead of filtering',
    breaks: 'ALTER ROLE lotline_app SET row_security = off',
    object: 'lotline_app row_security',
  },
  {
    finds: 'names that are looked for elsewhere first',
    breaks: 'ALTER ROLE lotline_app SET search_path = pg_temp, public',
    object: 'lotline_app search_path',
  },
  {
    finds: 'a setting for the whole database',
    breaks:
      "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET session_replication_role = replica', current_database()); END $$",
    object: 'database session_replication_role',
    mend: "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I RESET session_replication_role', current_database()); END $$",
  },
  {
    finds: 'a setting for everybody',
    breaks: 'ALTER ROLE ALL SET row_security = off',
    object: 'all roles row_security',
  },
];
