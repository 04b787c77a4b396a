import { type ReactNode, useRef, useState } from 'react';
import { useForm } from 'react-hook-form';
import { useAction } from '../../../api/action.ts';
import { useOrganization } from '../../../api/organization.tsx';
import { asProblem, type Problem } from '../../../api/problem.ts';
import { useMe } from '../../../api/session.ts';
import { applyProblem } from '../../../ui/apply-problem.ts';
import { Button } from '../../../ui/button.tsx';
import { Modal } from '../../../ui/dialog.tsx';
import { useDraft } from '../../../ui/editor/draft.ts';
import { type FieldSpec, filledIn, inputOf, type Values, valuesOf } from '../../../ui/editor/field-spec.ts';
import { FormSpec } from '../../../ui/editor/form-spec.tsx';
import { Form } from '../../../ui/form.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { tell, tellUndo } from '../../../ui/toast.tsx';
import { type Appointment, deals, leads, listings } from '../collections.ts';
import { TYPES } from './appointment-words.ts';
import { StatusButtons } from './status-buttons.tsx';

const FIELDS: readonly FieldSpec[] = [
  { name: 'title', label: 'Title', kind: 'text', required: true },
  { name: 'startTime', label: 'From', kind: 'datetime', required: true, half: true },
  { name: 'endTime', label: 'To', kind: 'datetime', required: true, half: true },
  {
    name: 'type',
    label: 'Type',
    kind: 'select',
    options: TYPES,
    required: true,
    half: true,
    initial: 'SHOWING',
  },
  { name: 'assignedToId', label: 'Agent', kind: 'member', required: true, half: true },
  { name: 'location', label: 'Place', kind: 'text' },
  { name: 'listingId', label: 'Listing', kind: 'record', of: { collection: listings, title: 'title' } },
  { name: 'leadId', label: 'Lead', kind: 'record', of: { collection: leads, title: 'name' }, half: true },
  { name: 'dealId', label: 'Deal', kind: 'record', of: { collection: deals, title: 'title' }, half: true },
  { name: 'description', label: 'Notes', kind: 'area' },
];
const MOVABLE = FIELDS.filter((f) => ['startTime', 'endTime', 'assignedToId'].includes(f.name));
const TABLES = ['appointments', 'activities'];

export interface AppointmentDialogProps {
  /** One that is there, or when a new one begins. */
  readonly opened: Appointment | Date | undefined;
  readonly onClose: () => void;
}

/** Books an appointment, or moves and answers one that is booked. Overlaps are told, and allowed on request. */
export function AppointmentDialog({ opened, onClose }: AppointmentDialogProps): ReactNode {
  const { slug, can } = useOrganization();
  const me = useMe();
  const booked = opened && !(opened instanceof Date) ? opened : undefined;
  const start = opened instanceof Date ? opened : nextHour();
  const specs = booked ? MOVABLE : FIELDS;
  const first = booked ?? {
    startTime: start.toISOString(),
    endTime: new Date(start.getTime() + 3_600_000).toISOString(),
    assignedToId: me.userId,
    type: 'SHOWING',
  };
  const form = useForm<Values>({ defaultValues: valuesOf(specs, first as never) });
  const forget = useDraft(`${slug}/appointments/${booked?.id ?? 'new'}`, form);
  const [problem, setProblem] = useState<Problem>();
  const key = useRef(crypto.randomUUID());
  const book = useAction(TABLES, (api, body: Values) =>
    api.POST('/appointments/book', { body: body as never, headers: { 'idempotency-key': key.current } }),
  );
  const move = useAction(TABLES, (api, { id, ...body }: Values) =>
    api.POST('/appointments/{appointmentId}/move', {
      params: { path: { appointmentId: String(id) } },
      body: body as never,
    }),
  );
  const save = async (values: Values, allowOverlap = false) => {
    setProblem(undefined);
    const input = { ...filledIn(inputOf(specs, values)), ...(allowOverlap ? { allowOverlap } : {}) };
    try {
      if (booked) {
        await move.mutateAsync({ id: booked.id, ...input });
        const back = {
          startTime: booked.startTime,
          endTime: booked.endTime,
          assignedToId: booked.assignedToId,
        };
        tellUndo('Moved', () => move.mutate({ id: booked.id, ...back, allowOverlap: true }));
      } else {
        await book.mutateAsync(input);
        tell('Booked');
      }
      forget();
      onClose();
    } catch (error) {
      setProblem(applyProblem(form, asProblem(error)));
      if (asProblem(error).code.includes('OVERLAP')) setProblem(asProblem(error));
      else key.current = crypto.randomUUID();
    }
  };
  const leave = () => {
    forget();
    onClose();
  };
  return (
    <Modal title={booked ? booked.title : 'New appointment'} onClose={onClose}>
      {booked && can('crm:write') && <StatusButtons appointment={booked} onDone={onClose} />}
      <Form form={form} onSubmit={(values) => save(values)}>
        <div className="space-y-4">
          {problem && (
            <Notice
              tone="bad"
              title={problem.detail}
              action={
                problem.code.includes('OVERLAP') && (
                  <Button size="sm" onClick={() => void form.handleSubmit((values) => save(values, true))()}>
                    Book anyway
                  </Button>
                )
              }
            >
              {problem.hint}
            </Notice>
          )}
          <FormSpec form={form} specs={specs} autoFocus={!booked} />
        </div>
        <div className="mt-5 flex justify-end gap-2 border-t border-line py-3">
          <Button onClick={leave}>Cancel</Button>
          {can('crm:write') && (
            <Button type="submit" look="primary" busy={book.isPending || move.isPending}>
              {booked ? 'Move' : 'Book'}
            </Button>
          )}
        </div>
      </Form>
    </Modal>
  );
}

/** The next hour of a day's work: in the evening, nine of the next morning. */
function nextHour(): Date {
  const now = new Date();
  const hour = Math.max(9, now.getHours() + 1);
  return new Date(
    now.getFullYear(),
    now.getMonth(),
    now.getDate() + (hour > 18 ? 1 : 0),
    hour > 18 ? 9 : hour,
  );
}
