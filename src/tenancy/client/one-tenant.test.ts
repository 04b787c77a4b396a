import { describe, expect, it } from 'vitest';
import { withOneTenant } from './one-tenant.ts';

const columns = new Set(['organization_id']);
const of = (text: string, values: unknown[]) => {
  const { text: sql, values: kept } = withOneTenant({ text, values }, columns);
  return [sql, kept];
};

describe('a list that repeats one tenant', () => {
  it('becomes an equality, and the other parameters move up', () => {
    expect(
      of('SELECT "a" FROM "t" WHERE ("t"."organization_id" IN ($1,$2) AND "t"."id" IN ($3,$4)) OFFSET $5', [
        'T',
        'T',
        'x',
        'y',
        0,
      ]),
    ).toEqual([
      'SELECT "a" FROM "t" WHERE ("t"."organization_id" = $1 AND "t"."id" IN ($2,$3)) OFFSET $4',
      ['T', 'x', 'y', 0],
    ]);
    expect(of('WHERE "id" IN ($1,$2) AND "organization_id" IN ($3,$4)', ['x', 'y', 'T', 'T'])).toEqual([
      'WHERE "id" IN ($1,$2) AND "organization_id" = $3',
      ['x', 'y', 'T'],
    ]);
  });

  it('stays where tenants differ, where the column is another, and where nothing repeats', () => {
    for (const [text, values] of [
      ['WHERE "organization_id" IN ($1,$2)', ['T', 'U']],
      ['WHERE "id" IN ($1,$2)', ['T', 'T']],
      ['WHERE "organization_id" = $1', ['T']],
    ] as const)
      expect(of(text, [...values])).toEqual([text, values]);
  });

  it('leaves names and literals that look like parameters', () => {
    expect(
      of(`SELECT "c$2", '$2' FROM "t" WHERE "organization_id" IN ($1,$2) LIMIT $3`, ['T', 'T', 9]),
    ).toEqual([`SELECT "c$2", '$2' FROM "t" WHERE "organization_id" = $1 LIMIT $2`, ['T', 9]]);
  });
});
