import type { ReactNode } from 'react';
import type { SchemaField, SchemaModel } from '../../api/models.ts';
import { useOrganization } from '../../api/organization.tsx';
import { modelTitle } from '../../ui/names.ts';
import { PageLink } from '../../ui/page-link.tsx';
import { Cell } from './cell.tsx';

export interface FullValueProps {
  readonly model: SchemaModel;
  readonly models: readonly SchemaModel[];
  readonly field: SchemaField;
  readonly value: unknown;
}

/** A value in full; a reference leads to its row. */
export function FullValue({ model, models, field, value }: FullValueProps): ReactNode {
  const { pathTo, can } = useOrganization();
  if (value === null || value === undefined) return null;
  if (field.kind === 'json')
    return (
      <pre className="scroll-thin overflow-x-auto rounded-md bg-sunken p-2 text-sm">
        {JSON.stringify(value, undefined, 2)}
      </pre>
    );
  if (field.kind === 'text' && !field.list)
    return <span className="whitespace-pre-wrap">{String(value)}</span>;
  if (field.kind !== 'uuid' || field.list) return <Cell field={field} value={value} />;
  const key = model.foreignKeys.find((k) => k.fields.length === 1 && k.fields[0] === field.name);
  const target = models.find((m) => m.name === key?.target);
  const open = target?.collection && can(target.read ?? undefined);
  return (
    <>
      <code className="text-sm break-all">{String(value)}</code>
      {target && open && field.name !== 'organizationId' && (
        <>
          {' '}
          <PageLink
            to={pathTo(`data/${target.collection}?${target.key[0]}=${encodeURIComponent(String(value))}`)}
          >
            {modelTitle(target.name)}
          </PageLink>
        </>
      )}
    </>
  );
}
