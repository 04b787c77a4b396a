import { z } from '../../../http/index.ts';

/** Pieces that several routes of this module speak of. */
export const uuid = z.uuid();

/** The id of a record in the path, by the name that all routes of its kind give it: `leadId`. */
export const idOf = <Noun extends string>(noun: Noun) =>
  z.object({ [`${noun}Id`]: uuid } as Record<`${Noun}Id`, typeof uuid>);
export const day = z.iso.date().openapi({ description: 'A day, `YYYY-MM-DD`.', example: '2026-11-25' });
export const moment = z.iso.datetime({ offset: true }).openapi({ description: 'A moment with its offset.' });
/** Decimal money as text: numbers of JSON are floats. */
export const money = z
  .string()
  .regex(/^\d{1,12}(\.\d{1,2})?$/)
  .openapi({ description: 'A decimal, e.g. `450000.00`.', example: '450000.00' });
export const currency = z.string().regex(/^[A-Z]{3}$/);
export const stage = z.enum([
  'LEAD',
  'QUALIFIED',
  'PROPOSAL',
  'NEGOTIATION',
  'CLOSING',
  'CLOSED_WON',
  'CLOSED_LOST',
]);

export const sums = z.array(
  z.object({ currency, count: z.int(), value: z.string(), weighted: z.string() }).openapi({
    description: 'Sums of one currency; `weighted` is each value times its probability.',
  }),
);

export const timelineAnswer = z.object({
  entries: z.array(
    z.object({
      kind: z.enum(['activity', 'appointment']),
      id: uuid,
      at: z.string(),
      type: z.string(),
      title: z.string(),
      description: z.string().nullable(),
      outcome: z.string().nullable(),
      status: z.string().nullable(),
      personId: uuid,
      leadId: uuid.nullable(),
      contactId: uuid.nullable(),
      dealId: uuid.nullable(),
    }),
  ),
  next: z.string().nullable().openapi({ description: 'Cursor of the next page; null at the end.' }),
});

export const timelineQuery = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(200).optional(),
});
