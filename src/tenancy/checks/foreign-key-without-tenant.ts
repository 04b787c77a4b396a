import { tenantModels } from './facts/models.ts';
import type { Check } from './runner/check.ts';

export const check: Check = {
  name: 'foreign-key-without-tenant',
  title: 'A reference can lead to another tenant',
  why: 'Foreign keys are checked past row security: a key without the tenant accepts, and so reveals, rows of others, and cascades to them.',
  mend: 'Put the tenant into the relation, on both sides.',
  also: ['pgrls SEC047'],
  level: 'error',
  async run({ boundary, facts }) {
    const tenants = tenantModels(boundary);
    return (await facts.foreignKeys()).flatMap(({ table, name, columns, target, targetColumns }) => {
      const [from, to] = [tenants.get(table), tenants.get(target)];
      // A catalogue is there to be referred to by other tenants.
      if (!from || !to || to.model.scope === 'catalogue') return [];
      if (columns.some((c, i) => c === from.tenantKey && targetColumns[i] === to.tenantKey)) return [];
      return [
        {
          object: `${table}.${name}`,
          detail: `${table}(${columns.join(', ')}) refers to ${target}(${targetColumns.join(', ')}) without its tenant, so it can point into another one.`,
          remedy: `put ${from.tenantKey} into the relation: fields: [${from.tenantKey}, …], references: [${to.tenantKey}, …]`,
        },
      ];
    });
  },
};
