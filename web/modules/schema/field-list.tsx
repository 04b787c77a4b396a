import type { ReactNode } from 'react';
import type { SchemaModel } from '../../api/models.ts';
import { Badge } from '../../ui/badge.tsx';

/** The fields of a model with their types, limits and meaning. */
export function FieldList({ model }: { readonly model: SchemaModel }): ReactNode {
  const primary = new Set(model.keys.find((k) => k.kind === 'primary')?.columns);
  const foreign = new Set(model.foreignKeys.flatMap((k) => k.fields));
  return (
    <ul className="divide-y divide-line">
      {model.fields.map((field) => (
        <li key={field.name} className="py-2">
          <p className="flex flex-wrap items-center gap-1.5">
            <span className="font-medium">{field.name}</span>
            <code className="text-sm text-faint">
              {field.type}
              {field.nullable && '?'}
            </code>
            {primary.has(field.column) && <Badge tone="accent">key</Badge>}
            {foreign.has(field.name) && <Badge tone="info">refers</Badge>}
          </p>
          {field.description && <p className="text-sm text-soft">{field.description}</p>}
          {field.values && <p className="text-sm break-words text-faint">{field.values.join(', ')}</p>}
          {field.check && <code className="block text-sm break-words text-faint">{field.check}</code>}
        </li>
      ))}
    </ul>
  );
}
