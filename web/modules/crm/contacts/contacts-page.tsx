import { useNavigate } from '@tanstack/react-router';
import { Users } from 'lucide-react';
import { type ReactNode, useMemo } from 'react';
import { useMemberName } from '../../../api/members.ts';
import { useOrganization } from '../../../api/organization.tsx';
import { RecordDialog } from '../../../ui/editor/record-dialog.tsx';
import { ListPage } from '../../../ui/list-page.tsx';
import { contacts } from '../collections.ts';
import { contactColumns } from './contact-columns.tsx';
import { CONTACT_FIELDS } from './contact-fields.ts';
import { STATUSES, TYPES } from './contact-words.ts';

const FILTERS = [
  { field: 'status', label: 'Status', options: STATUSES },
  { field: 'type', label: 'Type', options: TYPES },
];
const QUERY = {
  'archivedAt.is': 'null',
  fields: 'id,name,email,phone,company,type,status,assignedToId,lastContactAt',
};

/** Everybody the organization knows. */
export function Page(): ReactNode {
  const { pathTo } = useOrganization();
  const navigate = useNavigate();
  const memberName = useMemberName();
  const columns = useMemo(() => contactColumns(memberName), [memberName]);
  return (
    <ListPage
      title="Contacts"
      noun="contact"
      icon={Users}
      collection={contacts}
      columns={columns}
      filters={FILTERS}
      sort="name"
      query={QUERY}
      pathOf={(row) => `contacts/${row.id}`}
      permission="crm:write"
      make={(close) => (
        <RecordDialog
          collection={contacts}
          noun="contact"
          specs={CONTACT_FIELDS}
          onClose={close}
          onSaved={({ record }) => void navigate({ to: pathTo(`contacts/${record.id}`) as never })}
        />
      )}
      purpose="Clients, partners and vendors: everybody you know stands here, with what was said and agreed."
    />
  );
}
