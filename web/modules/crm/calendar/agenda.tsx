import { CalendarDays } from 'lucide-react';
import type { ReactNode } from 'react';
import { useMemberName } from '../../../api/members.ts';
import { Badge } from '../../../ui/badge.tsx';
import { time, words } from '../../../ui/format.ts';
import { Empty } from '../../../ui/states.tsx';
import type { Appointment } from '../collections.ts';
import { STATUS_TONES } from './appointment-words.ts';
import { addDays, sameDay } from './week.ts';

export interface AgendaProps {
  readonly monday: Date;
  readonly appointments: readonly Appointment[];
  readonly onOpen: (appointment: Appointment) => void;
}

/** A week as a list of days. */
export function Agenda({ monday, appointments, onOpen }: AgendaProps): ReactNode {
  const memberName = useMemberName();
  const long = new Intl.DateTimeFormat(undefined, { weekday: 'long', day: 'numeric', month: 'long' });
  if (appointments.length === 0)
    return (
      <Empty icon={CalendarDays} title="Nothing this week">
        Showings, calls and meetings of all agents stand here.
      </Empty>
    );
  const days = [0, 1, 2, 3, 4, 5, 6]
    .map((i) => addDays(monday, i))
    .map((day) => ({ day, here: appointments.filter((a) => sameDay(new Date(a.startTime), day)) }))
    .filter(({ here }) => here.length > 0);
  return (
    <div className="scroll-thin min-h-0 flex-1 space-y-4 overflow-y-auto">
      {days.map(({ day, here }) => (
        <section key={day.toISOString()} aria-label={long.format(day)}>
          <h2 className="pb-1.5 text-sm font-semibold text-soft">{long.format(day)}</h2>
          <ul className="divide-y divide-line rounded-lg border border-line bg-paper">
            {here.map((a) => (
              <li key={a.id}>
                <button
                  type="button"
                  onClick={() => onOpen(a)}
                  className="flex w-full items-center gap-3 px-3 py-2.5 text-left hover:bg-sunken"
                >
                  <span className="tabular w-24 shrink-0 text-sm text-soft">
                    {time(a.startTime)}
                    <span className="block text-xs text-faint">to {time(a.endTime)}</span>
                  </span>
                  <span className="min-w-0 flex-1">
                    <span className="block truncate font-medium">{a.title}</span>
                    <span className="block truncate text-sm text-faint">
                      {[a.location, memberName(a.assignedToId)].filter(Boolean).join(' · ')}
                    </span>
                  </span>
                  <Badge tone={STATUS_TONES[a.status]}>{words(a.status)}</Badge>
                </button>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}
