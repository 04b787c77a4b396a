import { useNavigate } from '@tanstack/react-router';
import { Sparkles } from 'lucide-react';
import { type ReactNode, useMemo } from 'react';
import { useMemberName } from '../../../api/members.ts';
import { useOrganization } from '../../../api/organization.tsx';
import { Badge } from '../../../ui/badge.tsx';
import { RecordDialog } from '../../../ui/editor/record-dialog.tsx';
import { money, words } from '../../../ui/format.ts';
import type { Column } from '../../../ui/grid/columns.ts';
import { ListPage } from '../../../ui/list-page.tsx';
import { Ago } from '../../../ui/time.tsx';
import { type Lead, leads } from '../collections.ts';
import { LEAD_FIELDS, SCORES, SOURCES, STATUSES } from './lead-words.ts';
import { ScoreBadge } from './score-badge.tsx';

const FILTERS = [
  { field: 'score', label: 'Score', options: SCORES },
  { field: 'status', label: 'Status', options: STATUSES },
  { field: 'source', label: 'Source', options: SOURCES },
];
const QUERY = {
  'archivedAt.is': 'null',
  fields: 'id,name,email,phone,source,status,score,scoreValue,budget,currency,assignedToId,lastContactAt',
};

/** People who asked, warmest first. */
export function Page(): ReactNode {
  const { pathTo } = useOrganization();
  const navigate = useNavigate();
  const memberName = useMemberName();
  const columns = useMemo<readonly Column<Lead>[]>(
    () => [
      {
        id: 'name',
        header: 'Name',
        width: 'minmax(9rem, 2fr)',
        sort: 'name',
        cell: (row) => <span className="font-medium">{row.name}</span>,
      },
      {
        id: 'score',
        header: 'Score',
        width: '6.5rem',
        sort: 'scoreValue',
        cell: (row) => <ScoreBadge score={row.score} value={row.scoreValue} />,
      },
      {
        id: 'status',
        header: 'Status',
        width: '8rem',
        sort: 'status',
        from: 'md',
        cell: (row) => <Badge>{words(row.status)}</Badge>,
      },
      {
        id: 'source',
        header: 'Source',
        width: 'minmax(8rem, 1fr)',
        sort: 'source',
        from: 'md',
        cell: (row) => words(row.source),
      },
      {
        id: 'budget',
        header: 'Budget',
        width: '8rem',
        sort: 'budget',
        align: 'end',
        from: 'md',
        cell: (row) => money(row.budget, row.currency, true),
      },
      {
        id: 'agent',
        header: 'Agent',
        width: 'minmax(8rem, 1fr)',
        from: 'lg',
        cell: (row) => memberName(row.assignedToId),
      },
      {
        id: 'last',
        header: 'Last contact',
        width: '8rem',
        sort: 'lastContactAt',
        from: 'lg',
        cell: (row) => <Ago at={row.lastContactAt} />,
      },
    ],
    [memberName],
  );
  return (
    <ListPage
      title="Leads"
      noun="lead"
      icon={Sparkles}
      collection={leads}
      columns={columns}
      filters={FILTERS}
      sort="-scoreValue"
      query={QUERY}
      pathOf={(row) => `leads/${row.id}`}
      permission="crm:write"
      make={(close) => (
        <RecordDialog
          collection={leads}
          noun="lead"
          specs={LEAD_FIELDS}
          onClose={close}
          onSaved={({ record }) => void navigate({ to: pathTo(`leads/${record.id}`) as never })}
        />
      )}
      purpose="People who asked, from the web site, a referral or a call. Each gets a score that says how warm it is and why."
    />
  );
}
