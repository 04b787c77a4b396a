import { declaredKey, tenantModels } from './facts/models.ts';
import type { Check } from './runner/check.ts';

export const check: Check = {
  name: 'index-without-tenant',
  title: 'An index does not begin with the tenant',
  why: 'Every query of a tenant carries the tenant, so an index that begins with another column reads the rows of all of them.',
  mend: 'Put the tenant first, or write the purpose behind the declaration.',
  also: [],
  level: 'warning',
  async run({ boundary, facts }) {
    const tenants = tenantModels(boundary);
    return (await facts.indexes()).flatMap((index) => {
      const tenant = tenants.get(index.table);
      if (
        !tenant ||
        tenant.model.scope === 'tenant-root' ||
        index.method !== 'btree' ||
        index.columns[0] === tenant.tenantKey
      )
        return [];
      // A unique key across tenants is another check's; a purpose in the schema is the written reason.
      if (index.exclusive && !index.columns.includes(tenant.tenantKey)) return [];
      if (declaredKey(boundary, index)?.purpose) return [];
      return [
        {
          object: index.name,
          table: index.table,
          detail: `${index.name} of ${index.table} begins with ${index.columns[0]}, not with ${tenant.tenantKey}.`,
          remedy: `put ${tenant.tenantKey} first, or say after the declaration who queries across tenants`,
        },
      ];
    });
  },
};
