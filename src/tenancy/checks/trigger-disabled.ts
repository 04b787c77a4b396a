import { quoteIdent } from '../../database/quote.ts';
import { LABEL, OWN_SCHEMA, sqlName } from './facts/names.ts';
import type { Check } from './runner/check.ts';

export const check: Check = {
  name: 'trigger-disabled',
  title: 'A trigger is switched off',
  why: 'Rules that triggers keep, foreign keys among them, do not hold while the trigger is disabled. Its definition does not show it.',
  mend: 'Check what was written meanwhile, then enable the trigger.',
  also: [],
  level: 'error',
  async run({ client }) {
    const { rows } = await client.query<{ label: string; trigger: string; internal: boolean }>(`
      SELECT ${LABEL} AS label, min(t.tgname) AS trigger, t.tgisinternal AS internal
      FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE t.tgenabled IN ('D', 'R') AND ${OWN_SCHEMA}
      GROUP BY 1, t.tgisinternal, CASE WHEN t.tgisinternal THEN '' ELSE t.tgname END ORDER BY 1, 2`);
    return rows.map(({ label, trigger, internal }) =>
      internal
        ? {
            object: `${label} foreign keys`,
            detail: `Triggers that keep foreign keys of ${label} are disabled.`,
            remedy: `check the rows, then as a superuser: \`ALTER TABLE ${sqlName(label)} ENABLE TRIGGER ALL;\``,
          }
        : {
            object: `${label}.${trigger}`,
            detail: `The trigger ${trigger} on ${label} is disabled.`,
            remedy: `check what was written meanwhile, then: \`ALTER TABLE ${sqlName(label)} ENABLE TRIGGER ${quoteIdent(trigger)};\``,
          },
    );
  },
};
