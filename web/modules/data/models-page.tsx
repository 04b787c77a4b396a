import { type ReactNode, useState } from 'react';
import { type SchemaModel, useModels } from '../../api/models.ts';
import { useOrganization } from '../../api/organization.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Card } from '../../ui/card.tsx';
import { TextInput } from '../../ui/field.tsx';
import { modelTitle, moduleTitle } from '../../ui/names.ts';
import { Page as PageFrame } from '../../ui/page.tsx';
import { PageLink } from '../../ui/page-link.tsx';
import { Empty, Loaded } from '../../ui/states.tsx';

/** All models by module, to be opened as tables. */
export function Page(): ReactNode {
  const models = useModels();
  const [text, setText] = useState('');
  return (
    <PageFrame title="Data browser" description="Every table, with the rows that you may see.">
      <TextInput
        type="search"
        aria-label="Find a model"
        placeholder="Find a model"
        value={text}
        onChange={setText}
        className="mb-4 max-w-sm"
      />
      <Loaded of={models}>
        {(loaded) => {
          const wanted = text.trim().toLowerCase();
          const shown = loaded.models.filter((m) =>
            `${modelTitle(m.name)} ${m.table}`.toLowerCase().includes(wanted),
          );
          const names = [...new Set(shown.map((m) => m.module))];
          if (names.length === 0) return <Empty title="No model is called that" />;
          return (
            <div className="grid items-start gap-4 md:grid-cols-2 xl:grid-cols-3">
              {names.map((name) => (
                <Card key={name} title={moduleTitle(name)} flush>
                  <ul className="divide-y divide-line">
                    {shown
                      .filter((m) => m.module === name)
                      .map((model) => (
                        <ModelRow key={model.name} model={model} />
                      ))}
                  </ul>
                </Card>
              ))}
            </div>
          );
        }}
      </Loaded>
    </PageFrame>
  );
}

function ModelRow({ model }: { readonly model: SchemaModel }): ReactNode {
  const { pathTo, can } = useOrganization();
  const open = model.collection !== null && can(model.read ?? undefined);
  const body = (
    <>
      <span className="flex items-center gap-2">
        <span className="min-w-0 flex-1 truncate font-medium">{modelTitle(model.name)}</span>
        {!open && <Badge>{model.collection === null ? 'Platform only' : 'Not open to you'}</Badge>}
      </span>
      <span className="line-clamp-2 text-sm text-faint">{model.description.split('\n')[0]}</span>
    </>
  );
  return (
    <li>
      {open ? (
        <PageLink to={pathTo(`data/${model.collection}`)} className="block px-4 py-2.5 hover:bg-sunken">
          {body}
        </PageLink>
      ) : (
        <div className="px-4 py-2.5">{body}</div>
      )}
    </li>
  );
}
