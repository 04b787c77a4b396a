import { type Batch, batch, keyed, type Office, officeId } from '../seeding/index.ts';

/** Requests on the agreement of a transaction (its number in the seeds); the signed one is of the closed transaction. */
const REQUESTS = [
  { loop: 2, signed: false, expires: 14 },
  { loop: 4, signed: true, expires: 2 },
] as const;

/** Requests that buyer and seller sign the agreement, and their signatures. */
export function signatureRows(office: Office): Batch[] {
  const { calendar, members } = office;
  return [
    batch(
      'signature_requests',
      REQUESTS.map(({ loop, signed, expires }) => ({
        ...keyed(office, 'signature-request', loop),
        loop_id: officeId(office, 'loop', loop),
        title: 'Please sign the agreement',
        message: 'Read both pages and sign on the last one.',
        status: signed ? 'SIGNED' : 'SENT',
        signing_order: signed ? 'SEQUENTIAL' : 'PARALLEL',
        expires_at: calendar.at(expires, 23),
        completed_at: signed ? calendar.at(-14, 18) : null,
        requested_by_id: members.agents[0]!,
        created_at: calendar.at(-16, 9),
      })),
    ),
    batch(
      'document_signatures',
      REQUESTS.flatMap(({ loop, signed }) =>
        ['BUYER', 'SELLER'].map((role, i) => {
          const done = signed || role === 'BUYER';
          return {
            ...keyed(office, 'signature', `${loop}/${role}`),
            loop_id: officeId(office, 'loop', loop),
            document_id: officeId(office, 'document', `${loop}/0`),
            request_id: officeId(office, 'signature-request', loop),
            signer_id: officeId(office, 'party', `${loop}/${role}`),
            signing_position: i + 1,
            status: done ? 'SIGNED' : 'VIEWED',
            signed_at: done ? calendar.at(-15 + i, 18) : null,
            signature_data: done ? 'typed: demonstration' : null,
            ip_address: done ? '192.0.2.20' : null,
            auth_method: done ? 'email' : null,
          };
        }),
      ),
    ),
  ];
}
