import { CalendarDays } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useOrganization } from '../../../api/organization.tsx';
import { useList } from '../../../api/records.ts';
import { useMe } from '../../../api/session.ts';
import { Card } from '../../../ui/card.tsx';
import { time } from '../../../ui/format.ts';
import { PageLink } from '../../../ui/page-link.tsx';
import { Segmented } from '../../../ui/segmented.tsx';
import { Empty, Loaded } from '../../../ui/states.tsx';
import { addDays } from '../calendar/week.ts';
import { type Appointment, appointments } from '../collections.ts';

const WHOSE = [
  { value: 'mine', label: 'Mine' },
  { value: 'all', label: 'All' },
];

/** What is agreed for today and tomorrow. */
export function Panel(): ReactNode {
  const { pathTo } = useOrganization();
  const me = useMe();
  const [whose, setWhose] = useState('all');
  const [today] = useState(() => addDays(new Date(), 0));
  const query = useList<typeof appointments, Appointment>(appointments, {
    'startTime.gte': today.toISOString(),
    'startTime.lt': addDays(today, 2).toISOString(),
    'status.in': 'SCHEDULED,CONFIRMED',
    sort: 'startTime',
    limit: 8,
    ...(whose === 'mine' ? { assignedToId: me.userId } : {}),
  });
  const name = new Intl.DateTimeFormat(undefined, { weekday: 'short' });
  return (
    <Card
      title="Today and tomorrow"
      actions={<Segmented label="Whose" value={whose} onChange={setWhose} options={WHOSE} />}
      flush
    >
      <Loaded of={query}>
        {({ data }) =>
          data.length === 0 ? (
            <Empty icon={CalendarDays} title="Nothing agreed">
              <PageLink to={pathTo('calendar?new=1')} className="text-accent underline">
                Book an appointment
              </PageLink>
            </Empty>
          ) : (
            <ul className="divide-y divide-line">
              {data.map((a) => (
                <li key={a.id} className="flex items-center gap-3 px-4 py-2.5">
                  <span className="tabular w-24 shrink-0 text-sm text-soft">
                    {name.format(new Date(a.startTime))} {time(a.startTime)}
                  </span>
                  <span className="min-w-0 flex-1">
                    <span className="block truncate font-medium">{a.title}</span>
                    <span className="block truncate text-sm text-faint">{a.location}</span>
                  </span>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </Card>
  );
}
