import type { Case } from './testing/case.ts';

export const cases: readonly Case[] = [
  {
    finds: 'context keys that have all expired',
    breaks: "UPDATE app.context_keys SET expires_at = now() - interval '1 second'",
    object: 'app.context_keys',
    mend: 'UPDATE app.context_keys SET expires_at = NULL',
  },
  {
    finds: 'a database without context keys',
    breaks: 'DROP TABLE app.context_keys CASCADE',
    object: 'app.context_keys',
    mend: 'CREATE TABLE app.context_keys (expires_at timestamptz); ALTER TABLE app.context_keys OWNER TO lotline_owner; INSERT INTO app.context_keys VALUES (NULL)',
  },
];
