import { notOfExtension, sqlName } from './facts/names.ts';
import type { Check } from './runner/check.ts';

export const check: Check = {
  name: 'unused-enum',
  title: 'An enum that nothing uses',
  why: 'A type without a column or function misleads whoever reads the schema, and its name is taken.',
  mend: '`DROP TYPE`, or use it.',
  also: [],
  level: 'error',
  async run({ client }) {
    const { rows } = await client.query<{ label: string }>(`
      SELECT CASE WHEN n.nspname = 'public' THEN t.typname ELSE n.nspname || '.' || t.typname END AS label
      FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
      WHERE t.typtype = 'e' AND n.nspname IN ('public', 'app') AND ${notOfExtension('pg_type', 't.oid')} AND NOT EXISTS (
        SELECT FROM pg_depend d WHERE d.refclassid = 'pg_type'::regclass AND d.refobjid IN (t.oid, t.typarray) AND d.deptype = 'n')
      ORDER BY 1`);
    return rows.map(({ label }) => ({
      object: label,
      detail: `No column and no function uses the enum ${label}.`,
      remedy: `take it out of the schema: \`DROP TYPE ${sqlName(label)};\``,
    }));
  },
};
