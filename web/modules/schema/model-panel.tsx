import { Table2, X } from 'lucide-react';
import type { ReactNode } from 'react';
import type { SchemaModel } from '../../api/models.ts';
import { useOrganization } from '../../api/organization.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { modelTitle, moduleTitle } from '../../ui/names.ts';
import { PageLink } from '../../ui/page-link.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { FieldList } from './field-list.tsx';
import { RuleList } from './rule-list.tsx';
import { SCOPES } from './scopes.ts';

export interface ModelPanelProps {
  readonly model: SchemaModel;
  readonly models: readonly SchemaModel[];
  readonly onModel: (name: string) => void;
  readonly onClose: () => void;
}

/** One model: what it is, its fields, its keys, and who may do what, in words. */
export function ModelPanel({ model, models, onModel, onClose }: ModelPanelProps): ReactNode {
  const { pathTo, can } = useOrganization();
  const referring = models.filter(
    (m) => m.name !== model.name && m.foreignKeys.some((k) => k.target === model.name),
  );
  const open = model.collection !== null && can(model.read ?? undefined);
  return (
    <section
      aria-label={modelTitle(model.name)}
      className="scroll-thin min-h-0 overflow-y-auto rounded-lg border border-line bg-paper p-4"
    >
      <div className="flex items-start gap-2">
        <div className="min-w-0 flex-1">
          <h2 className="text-lg font-semibold">{modelTitle(model.name)}</h2>
          <p className="text-sm break-all text-faint">
            {model.table} · {moduleTitle(model.module)}
          </p>
        </div>
        <IconButton icon={X} size="sm" label="Close" onClick={onClose} />
      </div>
      <p className="mt-2 whitespace-pre-line">{model.description}</p>
      <p className="mt-3 flex gap-2 text-soft">
        <span className="shrink-0 self-start">
          <Badge tone="info">{model.scope}</Badge>
        </span>{' '}
        <span>{SCOPES[model.scope]}</span>
      </p>
      {open && (
        <Button size="sm" icon={Table2} className="mt-3" asChild>
          <PageLink to={pathTo(`data/${model.collection}`)}>Open its rows</PageLink>
        </Button>
      )}
      <div className="mt-4">
        <Tabs
          label="Parts of the model"
          tabs={[
            { id: 'rules', label: 'Who may what', content: <RuleList model={model} /> },
            {
              id: 'fields',
              label: 'Fields',
              count: model.fields.length,
              content: <FieldList model={model} />,
            },
            {
              id: 'keys',
              label: 'Keys and checks',
              count: model.keys.length + model.checks.length,
              content: <Keys model={model} />,
            },
            {
              id: 'links',
              label: 'Relations',
              count: model.foreignKeys.length + referring.length,
              content: <Links model={model} referring={referring} onModel={onModel} />,
            },
          ]}
        />
      </div>
    </section>
  );
}

function Keys({ model }: { readonly model: SchemaModel }): ReactNode {
  return (
    <div className="space-y-4">
      <ul className="space-y-2">
        {model.keys.map((key) => (
          <li key={`${key.kind} ${key.columns.join()} ${key.where ?? ''}`}>
            <Badge tone={key.kind === 'primary' ? 'accent' : key.kind === 'unique' ? 'info' : 'neutral'}>
              {key.kind}
            </Badge>{' '}
            <code className="text-sm break-words">{key.columns.join(', ')}</code>
            {key.where && <code className="block text-sm text-faint">where {key.where}</code>}
          </li>
        ))}
      </ul>
      {model.checks.length > 0 && (
        <>
          <h3 className="font-semibold">Checks</h3>
          <ul className="space-y-2">
            {model.checks.map((check) => (
              <li key={check.name}>
                <span className="block text-sm text-faint">{check.name.replaceAll('_', ' ')}</span>
                <code className="text-sm break-words">{check.sql}</code>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

function Links(props: {
  readonly model: SchemaModel;
  readonly referring: readonly SchemaModel[];
  readonly onModel: (name: string) => void;
}): ReactNode {
  const { model, referring, onModel } = props;
  const to = (name: string) => (
    <button type="button" className="text-accent underline" onClick={() => onModel(name)}>
      {modelTitle(name)}
    </button>
  );
  return (
    <div className="space-y-4">
      <ul className="space-y-2">
        {model.foreignKeys.map((key) => (
          <li key={key.field}>
            {to(key.target)} <span className="text-faint">as {key.field}</span>
            <span className="block text-sm text-faint">
              when that is deleted:{' '}
              {key.onDelete === 'Cascade' ? 'this goes too' : 'refused as long as this is there'}
            </span>
          </li>
        ))}
      </ul>
      {referring.length > 0 && (
        <>
          <h3 className="font-semibold">Referred to by</h3>
          <ul className="flex flex-wrap gap-x-3 gap-y-1">
            {referring.map((other) => (
              <li key={other.name}>{to(other.name)}</li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
