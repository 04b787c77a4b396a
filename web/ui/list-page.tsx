import { useNavigate } from '@tanstack/react-router';
import { type LucideIcon, Plus } from 'lucide-react';
import { type ReactNode, useMemo } from 'react';
import type { AnyCollection } from '../api/collection.ts';
import { useOrganization } from '../api/organization.tsx';
import { useRows } from '../api/rows.ts';
import { Button } from './button.tsx';
import { type Filter, FilterBar } from './filter-bar.tsx';
import type { Column } from './grid/columns.ts';
import { DataGrid } from './grid/data-grid.tsx';
import { conditionsOf, useListState } from './list-state.ts';
import { Page } from './page.tsx';
import { useSearchFlag } from './search-flag.ts';
import { useShortcut } from './shortcut.ts';
import { Empty } from './states.tsx';

export interface ListPageProps<Row> {
  readonly title: string;
  /** What one of them is called, in small letters: `contact`. */
  readonly noun: string;
  readonly icon: LucideIcon;
  readonly collection: AnyCollection;
  readonly columns: readonly Column<Row>[];
  readonly filters?: readonly Filter[];
  readonly sort: string;
  /** Fields and conditions of every request: `{ fields: 'id,name', 'archivedAt.is': 'null' }`. */
  readonly query: Readonly<Record<string, string>>;
  /** The page of a row, below the organization. */
  readonly pathOf: (row: Row) => string;
  /** Who may make one; nobody, where nothing is said. */
  readonly permission?: string;
  /** The dialog that makes one. */
  readonly make?: (close: () => void) => ReactNode;
  /** What this list is for, where it is empty. */
  readonly purpose: string;
  readonly actions?: ReactNode;
}

const NONE: readonly Filter[] = [];

/** A page that is a list: searched, filtered, ordered, opened, added to. */
export function ListPage<Row>(props: ListPageProps<Row>): ReactNode {
  const {
    title,
    noun,
    icon,
    collection,
    columns,
    filters = NONE,
    sort,
    query,
    pathOf,
    permission,
    make,
  } = props;
  const { can, pathTo } = useOrganization();
  const navigate = useNavigate();
  const state = useListState(useMemo(() => filters.map((f) => f.field), [filters]));
  const [making, setMaking] = useSearchFlag('new');
  const rows = useRows<AnyCollection, Row>(collection, { ...conditionsOf(state, sort), ...query });
  const mayMake = make !== undefined && permission !== undefined && can(permission);
  useShortcut('n', () => mayMake && setMaking(true));
  const button = mayMake && (
    <Button look="primary" icon={Plus} onClick={() => setMaking(true)}>
      New {noun}
    </Button>
  );
  const empty = state.filtered ? (
    <Empty
      icon={icon}
      title={`No ${noun} matches`}
      action={<Button onClick={state.clear}>Clear filters</Button>}
    />
  ) : (
    <Empty icon={icon} title={`No ${title.toLowerCase()} yet`} action={button}>
      {props.purpose}
    </Empty>
  );
  return (
    <Page
      fills
      title={title}
      actions={
        <>
          {props.actions}
          {button}
        </>
      }
    >
      <FilterBar state={state} filters={filters} placeholder={`Search ${title.toLowerCase()}`} />
      <div className="flex min-h-0 flex-1 flex-col overflow-hidden rounded-lg border border-line bg-paper">
        <DataGrid
          label={title}
          columns={columns}
          rows={rows}
          sort={state.sort ?? sort}
          onSort={state.setSort}
          onOpen={(row) => void navigate({ to: pathTo(pathOf(row)) as never })}
          empty={empty}
        />
      </div>
      {making && mayMake && make(() => setMaking(false))}
    </Page>
  );
}
