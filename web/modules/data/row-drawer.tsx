import { Pencil, Trash2, Waypoints } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { collection } from '../../api/collection.ts';
import type { SchemaModel } from '../../api/models.ts';
import { useOrganization } from '../../api/organization.tsx';
import { asProblem } from '../../api/problem.ts';
import { useCreate, useRecord, useRemove } from '../../api/records.ts';
import { Button } from '../../ui/button.tsx';
import { Fact, Facts } from '../../ui/card.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { Modal } from '../../ui/dialog.tsx';
import { RecordDialog } from '../../ui/editor/record-dialog.tsx';
import { fieldTitle, modelTitle } from '../../ui/names.ts';
import { PageLink } from '../../ui/page-link.tsx';
import { Loaded } from '../../ui/states.tsx';
import { tellProblem, tellUndo } from '../../ui/toast.tsx';
import { FullValue } from './full-value.tsx';
import { specsOf, titleField } from './specs.ts';
import type { Row } from './use-columns.tsx';

export interface RowDrawerProps {
  readonly model: SchemaModel;
  readonly models: readonly SchemaModel[];
  readonly row: Row;
  readonly onClose: () => void;
}

/** One row: all its values, the rows it refers to and those that refer to it, changed and deleted where that is open. */
export function RowDrawer({ model, models, row, onClose }: RowDrawerProps): ReactNode {
  const { can } = useOrganization();
  const own = collection(model.collection!);
  const id = String(row[model.key[0]!]);
  const record = useRecord<typeof own, Row>(own, id);
  const [mode, setMode] = useState<'shown' | 'changing' | 'deleting'>('shown');
  const remove = useRemove(own);
  const create = useCreate(own);
  const noun = modelTitle(model.name).toLowerCase();
  const mayWrite = can(model.write ?? undefined);
  const title = titleField(model);
  if (mode === 'changing' && record.data)
    return (
      <RecordDialog
        collection={own}
        noun={noun}
        specs={specsOf(model, true)}
        record={record.data as never}
        onClose={() => setMode('shown')}
      />
    );
  const onDelete = () => {
    const values = Object.fromEntries(
      model.fields.filter((f) => f.creatable).map((f) => [f.name, record.data?.record[f.name]]),
    );
    remove.mutate(id, {
      onSuccess: () => {
        onClose();
        const back = { values: { ...values, ...(model.key[0] === 'id' ? { id } : {}) } };
        tellUndo('Deleted', () =>
          create.mutate(back as never, { onError: (error) => tellProblem(asProblem(error)) }),
        );
      },
      onError: (error) => {
        setMode('shown');
        tellProblem(asProblem(error));
      },
    });
  };
  return (
    <Modal
      title={String((title && row[title.name]) ?? modelTitle(model.name))}
      description={modelTitle(model.name)}
      onClose={onClose}
      width="lg"
    >
      <Loaded of={record}>
        {({ record: whole }) => (
          <div className="space-y-5 pb-4">
            <div className="flex flex-wrap gap-2">
              {mayWrite && model.may.update && (
                <Button icon={Pencil} onClick={() => setMode('changing')}>
                  Change
                </Button>
              )}
              {mayWrite && model.may.delete && (
                <Button look="danger" icon={Trash2} onClick={() => setMode('deleting')}>
                  Delete
                </Button>
              )}
            </div>
            <Facts>
              {model.fields.map((field) => (
                <Fact key={field.name} label={fieldTitle(field.name)}>
                  <FullValue model={model} models={models} field={field} value={whole[field.name]} />
                </Fact>
              ))}
            </Facts>
            <Referring model={model} models={models} id={id} />
          </div>
        )}
      </Loaded>
      {mode === 'deleting' && (
        <Confirm
          title={`Delete this ${noun}?`}
          action="Delete"
          danger
          busy={remove.isPending}
          onClose={() => setMode('shown')}
          onConfirm={onDelete}
        >
          It is deleted where its rules allow that.
        </Confirm>
      )}
    </Modal>
  );
}

/** Tables whose rows refer to this one. */
function Referring(props: {
  readonly model: SchemaModel;
  readonly models: readonly SchemaModel[];
  readonly id: string;
}): ReactNode {
  const { model, models, id } = props;
  const { pathTo, can } = useOrganization();
  const links = models.flatMap((other) =>
    other.foreignKeys
      .filter((key) => key.target === model.name && key.fields.length === 1)
      .map((key) => ({ other, field: key.fields[0]! })),
  );
  const open = links.filter(({ other }) => other.collection && can(other.read ?? undefined));
  if (open.length === 0) return null;
  return (
    <section aria-labelledby="referring">
      <h3 id="referring" className="flex items-center gap-2 font-semibold">
        <Waypoints aria-hidden size={16} /> What refers to it
      </h3>
      <ul className="mt-2 flex flex-wrap gap-2">
        {open.map(({ other, field }) => (
          <li key={`${other.name} ${field}`}>
            <PageLink
              to={pathTo(`data/${other.collection}?${field}=${encodeURIComponent(id)}`)}
              className="inline-block rounded-md border border-line px-2.5 py-1 text-sm hover:bg-sunken"
            >
              {modelTitle(other.name)}{' '}
              <span className="text-faint">by {fieldTitle(field).toLowerCase()}</span>
            </PageLink>
          </li>
        ))}
      </ul>
    </section>
  );
}
