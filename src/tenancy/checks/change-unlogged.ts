import { changeTriggers } from '../emit-changes.ts';
import { sqlName, wordList } from './facts/names.ts';
import type { Check } from './runner/check.ts';

export const check: Check = {
  name: 'change-unlogged',
  title: 'Nobody records the changes of a table',
  why: 'The schema has a log of changes, and people rely on finding in it whatever was done. A table without its triggers is changed without a trace, and live updates do not tell of it.',
  mend: 'Make the triggers again as the schema declares them, or say with `@unlogged -- reason` why its changes need no log.',
  also: [],
  level: 'error',
  async run({ boundary, client }) {
    if (!boundary.changelog) return [];
    const { rows } = await client.query<{ name: string }>(
      `SELECT c.relname || '.' || t.tgname AS name FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
       JOIN pg_proc p ON p.oid = t.tgfoid JOIN pg_namespace n ON n.oid = p.pronamespace
       WHERE c.relnamespace = 'public'::regnamespace AND n.nspname = 'app' AND p.proname = 'record_changes'`,
    );
    const { rows: tables } = await client.query<{ name: string }>(
      `SELECT relname AS name FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace`,
    );
    const live = new Set(rows.map((r) => r.name));
    const there = new Set(tables.map((t) => t.name));
    return boundary.models.flatMap((model) => {
      const missing = changeTriggers(model).filter((t) => !live.has(t));
      if (missing.length === 0 || !there.has(model.table)) return [];
      const events = missing.map((t) => t.slice(t.lastIndexOf('_') + 1));
      return [
        {
          object: model.table,
          detail: `No trigger records ${wordList(events)} of ${sqlName(model.table)}.`,
          remedy:
            'make the triggers again as the schema declares them: npm run db:sync prints the statements',
          table: model.table,
        },
      ];
    });
  },
};
