import type { ReactNode } from 'react';
import { asProblem } from '../../../api/problem.ts';
import { useChange } from '../../../api/records.ts';
import { Badge } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/button.tsx';
import { moment, time, words } from '../../../ui/format.ts';
import { tellProblem, tellUndo } from '../../../ui/toast.tsx';
import { type Appointment, appointments } from '../collections.ts';
import { STATUS_TONES } from './appointment-words.ts';

/** From each state of an appointment, those it may be set to by hand. */
const NEXT: Readonly<Record<Appointment['status'], readonly Appointment['status'][]>> = {
  SCHEDULED: ['CONFIRMED', 'COMPLETED', 'NO_SHOW', 'CANCELLED'],
  CONFIRMED: ['COMPLETED', 'NO_SHOW', 'CANCELLED'],
  COMPLETED: [],
  CANCELLED: [],
  NO_SHOW: [],
};

/** Where an appointment stands, and what became of it. */
export function StatusButtons(props: {
  readonly appointment: Appointment;
  readonly onDone: () => void;
}): ReactNode {
  const { appointment, onDone } = props;
  const change = useChange(appointments);
  const set = (status: Appointment['status']) =>
    change.mutate(
      { id: appointment.id, changes: { status } },
      {
        onSuccess: () => {
          onDone();
          const back = () => change.mutate({ id: appointment.id, changes: { status: appointment.status } });
          tellUndo(words(status), back);
        },
        onError: (error) => tellProblem(asProblem(error)),
      },
    );
  return (
    <div className="mb-4 space-y-3 border-b border-line pb-4">
      <p className="flex flex-wrap items-center gap-2 text-soft">
        <Badge tone={STATUS_TONES[appointment.status]}>{words(appointment.status)}</Badge>
        {words(appointment.type)} · {moment(appointment.startTime)} to {time(appointment.endTime)}
        {appointment.location && ` · ${appointment.location}`}
      </p>
      {appointment.description && <p className="whitespace-pre-wrap">{appointment.description}</p>}
      <div className="flex flex-wrap gap-2">
        {NEXT[appointment.status].map((status) => (
          <Button key={status} size="sm" disabled={change.isPending} onClick={() => set(status)}>
            {words(status)}
          </Button>
        ))}
      </div>
    </div>
  );
}
