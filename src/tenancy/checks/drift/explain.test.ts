import { expect, it } from 'vitest';
import type { Boundary } from '../../boundary.ts';
import { explainDrift } from './explain.ts';

const boundary = {
  models: [{ model: 'Lead', table: 'leads', place: { file: 'prisma/models/crm.prisma', line: 12 } }],
} as unknown as Boundary;
const policy = {
  key: 'policy leads.leads_select',
  sql: 'CREATE POLICY leads_select ON leads\n  USING (x);',
  drop: 'DROP POLICY IF EXISTS leads_select ON leads;',
};
const explain = (...differences: Parameters<typeof explainDrift>[0]) =>
  explainDrift(differences, { boundary, pieces: [policy] });

it('says that a column is in the database but not in the schema, and in which model it would stand', () => {
  expect(explain({ key: 'column leads.foo', change: 'unexpected', actual: 'text' })[0]).toMatchObject({
    kind: 'column',
    object: 'leads.foo',
    detail: 'column leads.foo is in the database but not in the schema',
    remedy:
      'declare it in the model Lead (prisma/models/crm.prisma), or drop it with its values: `ALTER TABLE public.leads DROP COLUMN foo;`',
  });
});

it('restores a policy that was altered behind its name with the statements of the declaration', () => {
  const [item] = explain({
    key: policy.key,
    change: 'different',
    expected: 'using (x)',
    actual: 'using (true)',
  });
  expect(item!.detail).toContain('the schema says "using (x)", the database "using (true)"');
  expect(item!.remedy).toContain(
    '`DROP POLICY IF EXISTS leads_select ON public.leads; CREATE POLICY leads_select ON leads USING (x);`',
  );
});

it('tells a missing table alone, without what stands on it', () => {
  const found = explain(
    { key: 'column leads.id', change: 'missing', expected: 'uuid' },
    { key: 'grants lotline_app leads', change: 'missing', expected: 'select' },
    {
      key: 'index leads_idx',
      change: 'missing',
      expected: 'CREATE INDEX leads_idx ON public.leads USING btree (id)',
    },
    { key: 'policy leads.leads_floor', change: 'missing', expected: 'restrictive' },
    { key: 'table leads', change: 'missing', expected: 'owner lotline_owner' },
  );
  expect(found.map((d) => d.key)).toEqual(['table leads']);
});

it('shows the first line in which a function differs', () => {
  const [item] = explain({
    key: 'function app.f',
    change: 'different',
    expected: 'a\n  b\nc',
    actual: 'a\n  x\nc',
  });
  expect(item!.detail).toBe('function app.f differs: line 2 is "b" in the schema, "x" in the database');
});

it.each([
  ['table notes', '`DROP TABLE public.notes;`'],
  ['enum mood', '`DROP TYPE public.mood;`'],
  ['constraint leads.odd_rule', '`ALTER TABLE public.leads DROP CONSTRAINT odd_rule;`'],
  ['index odd_idx', '`DROP INDEX public.odd_idx;`'],
  ['trigger leads.odd', '`DROP TRIGGER odd ON public.leads;`'],
  ['view odd', '`DROP VIEW public.odd;`'],
  ['function app.odd', '`DROP FUNCTION app.odd;`'],
  ['grants lotline_app leads', '`REVOKE ALL ON public.leads FROM lotline_app;`'],
])('offers to take away an unexpected %s', (key, sql) => {
  expect(explain({ key, change: 'unexpected', actual: '' })[0]!.remedy).toContain(sql);
});
