import { ChevronLeft, ChevronRight, Plus } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useMembers } from '../../../api/members.ts';
import { useOrganization } from '../../../api/organization.tsx';
import { useList } from '../../../api/records.ts';
import { Button, IconButton } from '../../../ui/button.tsx';
import { Page as PageFrame } from '../../../ui/page.tsx';
import { useSearchFlag } from '../../../ui/search-flag.ts';
import { Segmented } from '../../../ui/segmented.tsx';
import { Select } from '../../../ui/select.tsx';
import { useShortcut } from '../../../ui/shortcut.ts';
import { Loaded } from '../../../ui/states.tsx';
import { useWindowWidth } from '../../../ui/window-width.ts';
import { type Appointment, appointments } from '../collections.ts';
import { Agenda } from './agenda.tsx';
import { AppointmentDialog } from './appointment-dialog.tsx';
import { addDays, weekOf } from './week.ts';
import { WeekView } from './week-view.tsx';

const VIEWS = [
  { value: 'week', label: 'Week' },
  { value: 'agenda', label: 'Agenda' },
];

/** What is agreed with whom, week by week, in the person’s own zone. */
export function Page(): ReactNode {
  const { can } = useOrganization();
  const members = useMembers();
  const narrow = useWindowWidth() < 768;
  const [view, setView] = useState<string>();
  const [monday, setMonday] = useState(() => weekOf(new Date()));
  const [agent, setAgent] = useState('');
  const [making, setMaking] = useSearchFlag('new');
  const [opened, setOpened] = useState<Appointment | Date>();
  const mayWrite = can('crm:write');
  const sunday = addDays(monday, 7);
  const query = useList<typeof appointments, Appointment>(appointments, {
    'startTime.lt': sunday.toISOString(),
    'endTime.gt': monday.toISOString(),
    sort: 'startTime',
    limit: 200,
    ...(agent ? { assignedToId: agent } : {}),
  });
  useShortcut('n', () => mayWrite && setMaking(true));
  const range = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'long', year: 'numeric' });
  const shown = view ?? (narrow ? 'agenda' : 'week');
  return (
    <PageFrame
      fills
      title="Calendar"
      description={range.formatRange(monday, addDays(monday, 6))}
      actions={
        mayWrite && (
          <Button look="primary" icon={Plus} onClick={() => setMaking(true)}>
            New appointment
          </Button>
        )
      }
    >
      <div className="flex flex-wrap items-center gap-2 pb-3">
        <IconButton icon={ChevronLeft} label="Week before" onClick={() => setMonday(addDays(monday, -7))} />
        <Button onClick={() => setMonday(weekOf(new Date()))}>Today</Button>
        <IconButton icon={ChevronRight} label="Week after" onClick={() => setMonday(addDays(monday, 7))} />
        <Select
          aria-label="Agent"
          value={agent}
          onChange={setAgent}
          options={[
            { value: '', label: 'All agents' },
            ...members.map((m) => ({ value: m.userId, label: m.name ?? m.email })),
          ]}
          className="ml-auto max-w-48"
        />
        <Segmented label="View" value={shown} onChange={setView} options={VIEWS} />
      </div>
      <Loaded of={query}>
        {({ data }) =>
          shown === 'week' ? (
            <WeekView
              monday={monday}
              appointments={data}
              onOpen={setOpened}
              onMake={mayWrite ? setOpened : undefined}
            />
          ) : (
            <Agenda monday={monday} appointments={data} onOpen={setOpened} />
          )
        }
      </Loaded>
      {(making || opened) && (
        <AppointmentDialog
          opened={opened}
          onClose={() => {
            setOpened(undefined);
            if (making) setMaking(false);
          }}
        />
      )}
    </PageFrame>
  );
}
