import { declaredKey, tenantModels } from './facts/models.ts';
import type { Check } from './runner/check.ts';

export const check: Check = {
  name: 'unique-without-tenant',
  title: 'A unique key reaches across tenants',
  why: 'A conflict with a row of another tenant tells that the row exists, and lets one tenant take a name from all others.',
  mend: 'Put the tenant first, or write behind the declaration why it has to hold across tenants.',
  also: ['pgrls SEC035'],
  level: 'error',
  async run({ boundary, facts }) {
    const tenants = tenantModels(boundary);
    return (await facts.indexes()).flatMap((index) => {
      const tenant = tenants.get(index.table);
      if (
        !tenant ||
        !index.exclusive ||
        index.columns.includes(tenant.tenantKey) ||
        tenant.model.scope === 'tenant-root'
      )
        return [];
      // Rows of a catalogue are referred to by other tenants, so their key is their id alone.
      if (tenant.model.scope === 'catalogue' && index.primary) return [];
      // A purpose in the schema is the written reason.
      if (declaredKey(boundary, index)?.purpose) return [];
      return [
        {
          object: index.name,
          table: index.table,
          detail: `${index.name} makes (${index.columns.join(', ')}) of ${index.table} unique across all tenants.`,
          remedy: `put ${tenant.tenantKey} first, or say after the declaration why it has to hold across tenants`,
        },
      ];
    });
  },
};
