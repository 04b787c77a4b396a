import { useNavigate } from '@tanstack/react-router';
import { FileText } from 'lucide-react';
import { type ReactNode, useMemo } from 'react';
import { useMemberName } from '../../api/members.ts';
import { useOrganization } from '../../api/organization.tsx';
import { Badge } from '../../ui/badge.tsx';
import { RecordDialog } from '../../ui/editor/record-dialog.tsx';
import { words } from '../../ui/format.ts';
import type { Column } from '../../ui/grid/columns.ts';
import { ListPage } from '../../ui/list-page.tsx';
import { Ago } from '../../ui/time.tsx';
import { type Content, NEW_FIELDS, pieces, STATUS_TONES, STATUSES, TYPES } from './words.ts';

const FILTERS = [
  { field: 'status', label: 'Status', options: STATUSES },
  { field: 'contentType', label: 'Type', options: TYPES },
];
const QUERY = { fields: 'id,title,slug,contentType,status,authorId,updatedAt' };

/** Everything that is written. */
export function Page(): ReactNode {
  const { pathTo } = useOrganization();
  const navigate = useNavigate();
  const memberName = useMemberName();
  const columns = useMemo<readonly Column<Content>[]>(
    () => [
      {
        id: 'title',
        header: 'Title',
        width: 'minmax(9rem, 3fr)',
        sort: 'title',
        cell: (row) => <span className="font-medium">{row.title}</span>,
      },
      {
        id: 'type',
        header: 'Type',
        width: 'minmax(8rem, 1fr)',
        sort: 'contentType',
        from: 'md',
        cell: (row) => words(row.contentType),
      },
      {
        id: 'status',
        header: 'Status',
        width: '7.5rem',
        sort: 'status',
        cell: (row) => <Badge tone={STATUS_TONES[row.status]}>{words(row.status)}</Badge>,
      },
      {
        id: 'author',
        header: 'Author',
        width: 'minmax(8rem, 1fr)',
        from: 'lg',
        cell: (row) => memberName(row.authorId),
      },
      {
        id: 'updated',
        header: 'Changed',
        width: '8rem',
        sort: 'updatedAt',
        from: 'md',
        cell: (row) => <Ago at={row.updatedAt} />,
      },
    ],
    [memberName],
  );
  return (
    <ListPage
      title="Content"
      noun="piece"
      icon={FileText}
      collection={pieces}
      columns={columns}
      filters={FILTERS}
      sort="-updatedAt"
      query={QUERY}
      pathOf={(row) => `content/${row.id}`}
      permission="content:write"
      make={(close) => (
        <RecordDialog
          collection={pieces}
          noun="piece"
          specs={NEW_FIELDS}
          onClose={close}
          onSaved={({ record }) => void navigate({ to: pathTo(`content/${record.id}`) as never })}
        />
      )}
      purpose="Pages, posts and templates, from the draft through review to publication."
    />
  );
}
