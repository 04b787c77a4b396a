import { useParams } from '@tanstack/react-router';
import { Download, Plus, Table2 } from 'lucide-react';
import { type ReactNode, useMemo, useState } from 'react';
import { collection } from '../../api/collection.ts';
import { type SchemaModel, useModels } from '../../api/models.ts';
import { useOrganization } from '../../api/organization.tsx';
import { useRows } from '../../api/rows.ts';
import { Button } from '../../ui/button.tsx';
import { RecordDialog } from '../../ui/editor/record-dialog.tsx';
import { FilterBar } from '../../ui/filter-bar.tsx';
import { DataGrid } from '../../ui/grid/data-grid.tsx';
import { conditionsOf, useListState } from '../../ui/list-state.ts';
import { modelTitle } from '../../ui/names.ts';
import { optionsOf } from '../../ui/options.ts';
import { Page as PageFrame } from '../../ui/page.tsx';
import { Empty, Loaded } from '../../ui/states.tsx';
import { ColumnsMenu } from './columns-menu.tsx';
import { RowDrawer } from './row-drawer.tsx';
import { saveAnswer } from './save-answer.ts';
import { specsOf } from './specs.ts';
import { type Row, useColumns } from './use-columns.tsx';

/** The rows of one model. */
export function Page(): ReactNode {
  const { collection: name } = useParams({ strict: false }) as { collection: string };
  const models = useModels();
  return (
    <Loaded of={models}>
      {(loaded) => {
        const model = loaded.models.find((m) => m.collection === name);
        return model ? (
          <RowsPage key={name} model={model} models={loaded.models} />
        ) : (
          <Empty title="There is no such model" />
        );
      }}
    </Loaded>
  );
}

function RowsPage(props: {
  readonly model: SchemaModel;
  readonly models: readonly SchemaModel[];
}): ReactNode {
  const { model, models } = props;
  const { can, pathTo, slug } = useOrganization();
  const own = useMemo(() => collection(model.collection!), [model]);
  const filters = useMemo(
    () =>
      model.fields
        .filter((f) => f.values && !f.list)
        .map((f) => ({ field: f.name, label: f.name, options: optionsOf(...f.values!) })),
    [model],
  );
  const fields = useMemo(
    () => [
      ...filters.map((f) => f.field),
      ...model.fields.filter((f) => f.kind === 'uuid').map((f) => f.name),
    ],
    [filters, model],
  );
  const state = useListState(fields);
  const columns = useColumns(model);
  const [opened, setOpened] = useState<Row>();
  const [making, setMaking] = useState(false);
  const order = model.fields.some((f) => f.name === 'createdAt') ? '-createdAt' : model.key[0]!;
  const conditions = conditionsOf(state, order);
  const rows = useRows<typeof own, Row>(own, conditions);
  const mayWrite = model.may.create && can(model.write ?? undefined);
  const csv = `/v1/orgs/${encodeURIComponent(slug)}/data/${model.collection}?${new URLSearchParams(conditions)}`;
  return (
    <PageFrame
      fills
      title={modelTitle(model.name)}
      back={{ label: 'Data browser', to: pathTo('data') }}
      description={model.description.split('\n')[0]}
      actions={
        <>
          {can('data:export') && (
            <Button
              icon={Download}
              onClick={() => void saveAnswer(csv, 'text/csv', `${model.collection}.csv`)}
            >
              CSV
            </Button>
          )}
          <ColumnsMenu columns={columns} fields={model.fields.map((f) => f.name)} />
          {mayWrite && (
            <Button look="primary" icon={Plus} onClick={() => setMaking(true)}>
              New row
            </Button>
          )}
        </>
      }
    >
      <FilterBar state={state} filters={filters} placeholder="Search all text" />
      <div className="flex min-h-0 flex-1 flex-col overflow-hidden rounded-lg border border-line bg-paper">
        <DataGrid
          label={modelTitle(model.name)}
          columns={columns.shown}
          rows={rows}
          sort={state.sort ?? order}
          onSort={state.setSort}
          onOpen={setOpened}
          empty={
            <Empty
              icon={Table2}
              title={state.filtered ? 'No row matches' : 'No rows'}
              action={state.filtered && <Button onClick={state.clear}>Clear filters</Button>}
            />
          }
        />
      </div>
      {opened && (
        <RowDrawer model={model} models={models} row={opened} onClose={() => setOpened(undefined)} />
      )}
      {making && (
        <RecordDialog
          collection={own}
          noun={modelTitle(model.name).toLowerCase()}
          specs={specsOf(model, false)}
          onClose={() => setMaking(false)}
        />
      )}
    </PageFrame>
  );
}
