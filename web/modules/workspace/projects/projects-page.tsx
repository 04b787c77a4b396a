import { useNavigate } from '@tanstack/react-router';
import { ListTodo } from 'lucide-react';
import { type ReactNode, useMemo } from 'react';
import { useMemberName } from '../../../api/members.ts';
import { useOrganization } from '../../../api/organization.tsx';
import { Badge } from '../../../ui/badge.tsx';
import { RecordDialog } from '../../../ui/editor/record-dialog.tsx';
import { day, words } from '../../../ui/format.ts';
import type { Column } from '../../../ui/grid/columns.ts';
import { ListPage } from '../../../ui/list-page.tsx';
import {
  PRIORITIES,
  PRIORITY_TONES,
  PROJECT_FIELDS,
  PROJECT_STATUSES,
  PROJECT_TONES,
  type Project,
  projects,
} from './words.ts';

const FILTERS = [
  { field: 'status', label: 'Status', options: PROJECT_STATUSES },
  { field: 'priority', label: 'Priority', options: PRIORITIES },
];
const QUERY = {
  'archivedAt.is': 'null',
  fields: 'id,name,status,priority,dueDate,progressPercentage,projectManagerId',
};

/** All projects. */
export function Page(): ReactNode {
  const { pathTo } = useOrganization();
  const navigate = useNavigate();
  const memberName = useMemberName();
  const columns = useMemo<readonly Column<Project>[]>(
    () => [
      {
        id: 'name',
        header: 'Name',
        width: 'minmax(9rem, 2fr)',
        sort: 'name',
        cell: (row) => <span className="font-medium">{row.name}</span>,
      },
      {
        id: 'status',
        header: 'Status',
        width: '7rem',
        sort: 'status',
        cell: (row) => <Badge tone={PROJECT_TONES[row.status]}>{words(row.status)}</Badge>,
      },
      {
        id: 'progress',
        header: 'Done',
        width: '5rem',
        sort: 'progressPercentage',
        align: 'end',
        from: 'md',
        cell: (row) => `${row.progressPercentage} %`,
      },
      {
        id: 'priority',
        header: 'Priority',
        width: '7rem',
        sort: 'priority',
        from: 'md',
        cell: (row) => <Badge tone={PRIORITY_TONES[row.priority]}>{words(row.priority)}</Badge>,
      },
      {
        id: 'due',
        header: 'Due',
        width: '8rem',
        sort: 'dueDate',
        from: 'md',
        cell: (row) => day(row.dueDate),
      },
      {
        id: 'manager',
        header: 'Manager',
        width: 'minmax(8rem, 1fr)',
        from: 'lg',
        cell: (row) => memberName(row.projectManagerId),
      },
    ],
    [memberName],
  );
  return (
    <ListPage
      title="Projects"
      noun="project"
      icon={ListTodo}
      collection={projects}
      columns={columns}
      filters={FILTERS}
      sort="dueDate"
      query={QUERY}
      pathOf={(row) => `projects/${row.id}`}
      permission="workspace:write"
      make={(close) => (
        <RecordDialog
          collection={projects}
          noun="project"
          specs={PROJECT_FIELDS}
          onClose={close}
          onSaved={({ record }) => void navigate({ to: pathTo(`projects/${record.id}`) as never })}
        />
      )}
      purpose="Work that takes several steps: an open house, a renovation, a move. Each project has its board of tasks."
    />
  );
}
