import { useNavigate } from '@tanstack/react-router';
import { UserPlus, Users } from 'lucide-react';
import { type ReactNode, useMemo } from 'react';
import { useMemberName } from '../../../api/members.ts';
import { useOrganization } from '../../../api/organization.tsx';
import { useRows } from '../../../api/rows.ts';
import { Button } from '../../../ui/button.tsx';
import { FilterBar } from '../../../ui/filter-bar.tsx';
import { DataGrid } from '../../../ui/grid/data-grid.tsx';
import { conditionsOf, useListState } from '../../../ui/list-state.ts';
import { Page as PageFrame } from '../../../ui/page.tsx';
import { useSearchFlag } from '../../../ui/search-flag.ts';
import { useShortcut } from '../../../ui/shortcut.ts';
import { Empty } from '../../../ui/states.tsx';
import { type Contact, contacts } from '../collections.ts';
import { contactColumns } from './contact-columns.tsx';
import { ContactDialog } from './contact-dialog.tsx';
import { STATUSES, TYPES } from './contact-words.ts';

const FILTERS = [
  { field: 'status', label: 'Status', options: STATUSES },
  { field: 'type', label: 'Type', options: TYPES },
];
const FIELDS = FILTERS.map((f) => f.field);

/** Everybody the organization knows. */
export function Page(): ReactNode {
  const { can, pathTo } = useOrganization();
  const navigate = useNavigate();
  const state = useListState(FIELDS);
  const [making, setMaking] = useSearchFlag('new');
  const memberName = useMemberName();
  const rows = useRows<typeof contacts, Contact>(contacts, {
    ...conditionsOf(state, 'name'),
    'archivedAt.is': 'null',
    fields: 'id,name,email,phone,company,type,status,assignedToId,lastContactAt',
  });
  const columns = useMemo(() => contactColumns(memberName), [memberName]);
  const mayWrite = can('crm:write');
  useShortcut('n', () => mayWrite && setMaking(true));
  const make = mayWrite && (
    <Button look="primary" icon={UserPlus} onClick={() => setMaking(true)}>
      New contact
    </Button>
  );
  return (
    <PageFrame fills title="Contacts" actions={make}>
      <FilterBar state={state} filters={FILTERS} placeholder="Search contacts" />
      <div className="flex min-h-0 flex-1 flex-col overflow-hidden rounded-lg border border-line bg-paper">
        <DataGrid
          label="Contacts"
          columns={columns}
          rows={rows}
          sort={state.sort ?? 'name'}
          onSort={state.setSort}
          onOpen={(row) => void navigate({ to: pathTo(`contacts/${row.id}`) as never })}
          empty={
            state.filtered ? (
              <Empty
                icon={Users}
                title="No contact matches"
                action={<Button onClick={state.clear}>Clear filters</Button>}
              />
            ) : (
              <Empty icon={Users} title="No contacts yet" action={make}>
                Clients, partners and vendors: everybody you know stands here, with what was said and agreed.
              </Empty>
            )
          }
        />
      </div>
      {making && (
        <ContactDialog
          onClose={() => setMaking(false)}
          onSaved={({ record }) => void navigate({ to: pathTo(`contacts/${record.id}`) as never })}
        />
      )}
    </PageFrame>
  );
}
