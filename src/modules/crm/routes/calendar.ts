import { answer, recordOf, route, z } from '../../../http/index.ts';
import { bookAppointment, moveAppointment } from '../appointments.ts';
import { availability } from '../availability.ts';
import { moment, uuid } from './answers.ts';

const at = moment.transform((text) => new Date(text));
const overlap = z
  .boolean()
  .default(false)
  .openapi({ description: 'Books it beside what is in the calendar already.' });
const refusals = {
  APPOINTMENT_OVERLAP: 'The member has another appointment then; the message names it.',
  TIME_ORDER: 'It ends before it starts.',
  APPOINTMENT_TOO_LONG: 'It is longer than 24 hours.',
  ASSIGNEE_NOT_A_MEMBER: 'The assignee is no present member.',
};

export const calendarRoutes = [
  route({
    method: 'post',
    path: '/appointments/book',
    operationId: 'bookAppointment',
    summary: 'Book an appointment where the member is free',
    description: 'As creating one, which never lets two overlap; here `allowOverlap` does.',
    permission: 'crm:write',
    body: z.strictObject({
      title: z.string().trim().min(1).max(255),
      description: z.string().max(20_000).nullish(),
      type: z.enum(['MEETING', 'CALL', 'SHOWING', 'OPEN_HOUSE', 'FOLLOW_UP', 'OTHER']).default('OTHER'),
      status: z.enum(['SCHEDULED', 'CONFIRMED']).default('SCHEDULED'),
      startTime: at,
      endTime: at,
      location: z.string().max(500).nullish(),
      meetingUrl: z
        .url({ protocol: /^https?$/ })
        .max(2048)
        .nullish(),
      assignedToId: uuid,
      customerId: uuid.nullish(),
      leadId: uuid.nullish(),
      dealId: uuid.nullish(),
      listingId: uuid.nullish(),
      allowOverlap: overlap,
    }),
    answers: { 201: { description: 'Booked', schema: recordOf('Appointment') } },
    refusals,
    handler: async ({ db, body }) => answer(201, await bookAppointment(db, body)),
  }),
  route({
    method: 'post',
    path: '/appointments/{appointmentId}/move',
    operationId: 'moveAppointment',
    summary: 'Move an appointment to another time or member',
    description: 'With a start alone it keeps its length. It is reminded of anew.',
    permission: 'crm:write',
    params: z.object({ appointmentId: uuid }),
    body: z.strictObject({
      startTime: at.optional(),
      endTime: at.optional(),
      assignedToId: uuid.optional(),
      allowOverlap: overlap,
    }),
    answers: { 200: { description: 'Moved', schema: recordOf('Appointment') } },
    refusals,
    handler: ({ db, params, body }) => moveAppointment(db, params.appointmentId, body),
  }),
  route({
    method: 'get',
    path: '/appointments/availability',
    operationId: 'availability',
    summary: 'When a member is free',
    description:
      'Within working hours (`settings.working_hours` of the organization, or of the member in its `members`; Monday to ' +
      'Friday from nine to five otherwise), on the wall clock of their time zone.',
    permission: 'crm:read',
    query: z.object({
      assignedToId: uuid,
      from: at,
      to: at,
      minutes: z.coerce.number().int().min(5).max(1440).default(60),
      step: z.coerce.number().int().min(5).max(1440).optional(),
    }),
    answers: {
      200: {
        description: 'Up to 500 slots, soonest first',
        schema: z.object({
          timezone: z.string(),
          slots: z.array(z.object({ start: z.string(), end: z.string() })),
        }),
      },
    },
    refusals: { SPAN_UNFIT: 'The span is longer than 62 days, or ends before it begins.' },
    handler: async ({ db, query }) => {
      const { timezone, slots } = await availability(db, query);
      return {
        timezone,
        slots: slots.map((s) => ({ start: s.start.toISOString(), end: s.end.toISOString() })),
      };
    },
  }),
];
