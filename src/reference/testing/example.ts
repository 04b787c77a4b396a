import type { ReferenceColumn, ReferenceModel, ReferenceSource } from '../source.ts';

/** A column of a test’s model. */
export function column(field: string, more: Partial<ReferenceColumn> = {}): ReferenceColumn {
  return { field, column: field, type: 'uuid', nullable: false, description: '', ...more };
}

/** A tenant’s table with id and organization_id, and nothing else unless a test says so. */
export function model(name: string, more: Partial<ReferenceModel> = {}): ReferenceModel {
  const table = name.toLowerCase();
  return {
    name,
    table,
    module: 'crm',
    scope: 'tenant',
    description: '',
    tenantColumn: 'organization_id',
    columns: [column('id'), column('organization_id')],
    keys: [
      { kind: 'primary', name: `${table}_pkey`, columns: ['organization_id', 'id'], nullsNotDistinct: false },
    ],
    relations: [],
    checks: [],
    policies: [],
    grants: [],
    ...more,
  };
}

/** A source of these models; modules and enums follow from them. */
export function sourceOf(...models: ReferenceModel[]): ReferenceSource {
  const names = [...new Set(models.map((it) => it.module))];
  return { modules: names.map((name) => ({ name, title: name.toUpperCase() })), models, enums: [] };
}
