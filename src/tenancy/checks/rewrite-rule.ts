import { quoteIdent } from '../../database/quote.ts';
import { boundarySchemas } from './facts/models.ts';
import { LABEL, sqlName } from './facts/names.ts';
import type { Check } from './runner/check.ts';

export const check: Check = {
  name: 'rewrite-rule',
  title: 'A rule rewrites statements on a table',
  why: 'The relations that a rule adds are accessed with the rights of the owner of the table, past the privileges of the caller.',
  mend: 'Use a trigger instead, and drop the rule.',
  also: ['safegres L10'],
  level: 'error',
  async run({ client, boundary }) {
    const { rows } = await client.query<{ label: string; rule: string }>(
      `
      SELECT ${LABEL} AS label, r.rulename AS rule FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class
      JOIN pg_namespace n ON n.oid = c.relnamespace WHERE r.rulename <> '_RETURN' AND n.nspname = ANY ($1) ORDER BY 1, 2`,
      [boundarySchemas(boundary)],
    );
    return rows.map(({ label, rule }) => ({
      object: `${label}.${rule}`,
      detail: `The rule ${rule} rewrites statements on ${label} and runs them with the rights of its owner.`,
      remedy: `use a trigger instead: \`DROP RULE ${quoteIdent(rule)} ON ${sqlName(label)};\``,
    }));
  },
};
