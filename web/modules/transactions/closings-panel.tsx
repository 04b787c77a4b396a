import { FileSignature } from 'lucide-react';
import type { ReactNode } from 'react';
import { useOrganization } from '../../api/organization.tsx';
import { useList } from '../../api/records.ts';
import { Badge } from '../../ui/badge.tsx';
import { Card } from '../../ui/card.tsx';
import { day, words } from '../../ui/format.ts';
import { PageLink } from '../../ui/page-link.tsx';
import { Empty, Loaded } from '../../ui/states.tsx';
import { type Loop, loops, STATUS_TONES } from './words.ts';

/** The next closings. */
export function Panel(): ReactNode {
  const { pathTo } = useOrganization();
  const query = useList<typeof loops, Loop>(loops, {
    'status.in': 'ACTIVE,UNDER_CONTRACT,CLOSING',
    sort: 'expectedClosing.nullslast',
    limit: 6,
  });
  return (
    <Card title="Next closings" flush>
      <Loaded of={query}>
        {({ data }) =>
          data.length === 0 ? (
            <Empty icon={FileSignature} title="No open transactions" />
          ) : (
            <ul className="divide-y divide-line">
              {data.map((loop) => (
                <li key={loop.id}>
                  <PageLink
                    to={pathTo(`transactions/${loop.id}`)}
                    className="flex items-center gap-3 px-4 py-2.5 hover:bg-sunken"
                  >
                    <span className="min-w-0 flex-1">
                      <span className="block truncate font-medium">{loop.propertyAddress}</span>
                      <span className="block text-sm text-faint">
                        {day(loop.expectedClosing) || 'No day yet'} · {loop.progress} % done
                      </span>
                    </span>
                    <Badge tone={STATUS_TONES[loop.status]}>{words(loop.status)}</Badge>
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
