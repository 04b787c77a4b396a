import { Sparkles } from 'lucide-react';
import type { ReactNode } from 'react';
import { useOrganization } from '../../../api/organization.tsx';
import { useList } from '../../../api/records.ts';
import { Card } from '../../../ui/card.tsx';
import { words } from '../../../ui/format.ts';
import { PageLink } from '../../../ui/page-link.tsx';
import { Empty, Loaded } from '../../../ui/states.tsx';
import { type Lead, leads } from '../collections.ts';
import { ScoreBadge } from '../leads/score-badge.tsx';

/** The warmest leads that are still open. */
export function Panel(): ReactNode {
  const { pathTo } = useOrganization();
  const query = useList<typeof leads, Lead>(leads, {
    'status.in': 'NEW_LEAD,IN_CONTACT,QUALIFIED',
    'archivedAt.is': 'null',
    sort: '-scoreValue',
    limit: 8,
  });
  return (
    <Card title="Warmest leads" flush>
      <Loaded of={query}>
        {({ data }) =>
          data.length === 0 ? (
            <Empty icon={Sparkles} title="No open leads">
              <PageLink to={pathTo('leads?new=1')} className="text-accent underline">
                Add the first
              </PageLink>
            </Empty>
          ) : (
            <ul className="divide-y divide-line">
              {data.map((lead) => (
                <li key={lead.id}>
                  <PageLink
                    to={pathTo(`leads/${lead.id}`)}
                    className="flex items-center gap-3 px-4 py-2.5 hover:bg-sunken"
                  >
                    <span className="min-w-0 flex-1">
                      <span className="block truncate font-medium">{lead.name}</span>
                      <span className="block truncate text-sm text-faint">
                        {words(lead.source)} · {words(lead.status)}
                      </span>
                    </span>
                    <ScoreBadge score={lead.score} value={lead.scoreValue} />
                  </PageLink>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </Card>
  );
}
