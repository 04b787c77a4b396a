import { Avatar } from '../../../ui/avatar.tsx';
import { Badge } from '../../../ui/badge.tsx';
import { words } from '../../../ui/format.ts';
import type { Column } from '../../../ui/grid/columns.ts';
import { Ago } from '../../../ui/time.tsx';
import type { Contact } from '../collections.ts';
import { STATUS_TONES } from './contact-words.ts';

/** @param memberName gives a member’s name by id */
export function contactColumns(memberName: (id: string | null) => string): readonly Column<Contact>[] {
  return [
    {
      id: 'name',
      header: 'Name',
      width: 'minmax(9rem, 2fr)',
      sort: 'name',
      cell: (row) => (
        <span className="flex min-w-0 items-center gap-2.5">
          <Avatar name={row.name} size="sm" />
          <span className="truncate font-medium">{row.name}</span>
        </span>
      ),
    },
    {
      id: 'company',
      header: 'Company',
      width: 'minmax(8rem, 1.3fr)',
      sort: 'company',
      from: 'xl',
      cell: (row) => row.company,
    },
    {
      id: 'email',
      header: 'E-mail',
      width: 'minmax(10rem, 2fr)',
      sort: 'email',
      from: 'md',
      cell: (row) => row.email,
    },
    { id: 'phone', header: 'Phone', width: '9.5rem', from: 'md', cell: (row) => row.phone },
    { id: 'type', header: 'Type', width: '7rem', sort: 'type', from: 'lg', cell: (row) => words(row.type) },
    {
      id: 'status',
      header: 'Status',
      width: '8rem',
      sort: 'status',
      cell: (row) => <Badge tone={STATUS_TONES[row.status]}>{words(row.status)}</Badge>,
    },
    {
      id: 'agent',
      header: 'Agent',
      width: 'minmax(7rem, 1fr)',
      from: 'xl',
      cell: (row) => memberName(row.assignedToId),
    },
    {
      id: 'last',
      header: 'Last contact',
      width: '8rem',
      sort: 'lastContactAt',
      from: 'md',
      cell: (row) => <Ago at={row.lastContactAt} />,
    },
  ];
}
