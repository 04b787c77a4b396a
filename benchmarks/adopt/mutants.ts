import { quoteIdent as q } from '../../src/database/quote.ts';
import type { Adoption } from '../../src/tenancy/adopt/index.ts';

/** Ways to break what was adopted, each with the model that must then leak: they show that the probes can fail. */
export function mutants({ boundary, bonds }: Adoption): [what: string, model: string, sql: string][] {
  const tableOf = (m: { schema?: string; table: string }) => `${q(m.schema ?? 'public')}.${q(m.table)}`;
  const guarded = bonds.find(
    (b) => b.kind === 'guard' && b.from.scope === 'tenant' && b.from.table.key.length > 0,
  );
  const guard = boundary.models.find((m) => m.model === guarded?.from.table.model);
  const tenant = boundary.models.find((m) => m.scope === 'tenant' && m !== guard);
  const child = boundary.models.find((m) => m.scope === 'child' && !m.implicit);
  return [
    ...(guard
      ? [
          [`the guard of ${guard.model}`, guard.model, `DROP TRIGGER tenant_guard ON ${tableOf(guard)}`] as [
            string,
            string,
            string,
          ],
        ]
      : []),
    ...[tenant, child].flatMap((m): [string, string, string][] =>
      m
        ? [[`row security on ${m.model}`, m.model, `ALTER TABLE ${tableOf(m)} DISABLE ROW LEVEL SECURITY`]]
        : [],
    ),
  ];
}
