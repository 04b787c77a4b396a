import { describe, expect, it } from 'vitest';
import { tenantFields, withTenant } from './predicate.ts';

const column = (field: string) => ({ field, column: field.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`) });
const model = (name: string, scope: string, tenantColumn?: string) => ({
  model: name,
  scope,
  ...(tenantColumn ? { tenantColumn } : {}),
  columns: ['id', 'organizationId', 'name'].map(column),
});
const fields = tenantFields({
  models: [
    model('Contact', 'tenant', 'organization_id'),
    model('Note', 'tenant-user', 'organization_id'),
    model('Tool', 'catalogue', 'organization_id'),
    model('User', 'identity'),
  ],
} as never);

const ask = (action: string, args: object, modelName = 'Contact') =>
  withTenant({ modelName, action, query: { arguments: args as never, selection: {} } }, fields, 'T').query
    .arguments;

describe('the literal tenant of a query', () => {
  it.each(['findMany', 'findFirst', 'aggregate', 'groupBy', 'updateMany', 'deleteMany'])(
    'is a filter of %s',
    (action) => {
      expect(ask(action, {})).toEqual({ where: { organizationId: 'T' } });
      expect(ask(action, { where: { name: 'A' } })).toEqual({ where: { name: 'A', organizationId: 'T' } });
    },
  );

  it.each(['findUnique', 'updateOne', 'deleteOne'])(
    'is added to a unique key of %s that lacks it',
    (action) => {
      expect(ask(action, { where: { id: '1' } })).toEqual({ where: { id: '1', organizationId: 'T' } });
      const whole = { where: { organizationId_id: { organizationId: 'T', id: '1' } } };
      expect(ask(action, whole)).toEqual(whole);
    },
  );

  it('is a value of rows to create, one or many', () => {
    expect(ask('createOne', { data: { name: 'A' } })).toEqual({ data: { name: 'A', organizationId: 'T' } });
    expect(ask('createMany', { data: [{ name: 'A' }, { name: 'B' }] })).toEqual({
      data: [
        { name: 'A', organizationId: 'T' },
        { name: 'B', organizationId: 'T' },
      ],
    });
  });

  it('leaves a row with nested writes to the default of the column, since Prisma takes no plain key there', () => {
    const nested = { data: { name: 'A', deals: { create: {} } } };
    expect(ask('createOne', nested)).toEqual(nested);
  });

  it('never replaces what the caller said; the policies judge it', () => {
    const other = { where: { organizationId: 'X' } };
    expect(ask('findMany', other)).toEqual(other);
    expect(ask('createOne', { data: { organizationId: 'X' } })).toEqual({ data: { organizationId: 'X' } });
  });

  it('is said for every model whose rows belong to one tenant, and for no other', () => {
    expect(ask('findMany', {}, 'Note')).toEqual({ where: { organizationId: 'T' } });
    expect(ask('findMany', {}, 'Tool')).toEqual({});
    expect(ask('findMany', {}, 'User')).toEqual({});
  });

  it('leaves raw SQL and unknown actions as they are', () => {
    const raw = { action: 'queryRaw', query: { arguments: { query: 'SELECT 1' }, selection: {} } };
    expect(withTenant(raw, fields, 'T')).toBe(raw);
    expect(ask('upsertOne', { where: { id: '1' } })).toEqual({ where: { id: '1' } });
  });
});
