import { recordOf, route, z } from '../../../http/index.ts';
import { mergeContacts } from '../contact-merging.ts';
import { duplicateContacts } from '../duplicates.ts';
import { uuid } from './answers.ts';

export const contactRoutes = [
  route({
    method: 'get',
    path: '/contacts/duplicates',
    operationId: 'duplicateContacts',
    summary: 'Contacts that may be the same person',
    description: 'Groups with the same e-mail, telephone or name, in this order of certainty; largest first.',
    permission: 'crm:read',
    query: z.object({ limit: z.coerce.number().int().min(1).max(200).default(50) }),
    answers: {
      200: {
        description: 'Groups of at least two; up to 20 contacts of each',
        schema: z.object({
          groups: z.array(
            z.object({
              by: z.enum(['email', 'phone', 'name']),
              value: z.string(),
              contacts: z.array(
                z.object({
                  id: uuid,
                  name: z.string(),
                  email: z.string().nullable(),
                  phone: z.string().nullable(),
                }),
              ),
            }),
          ),
        }),
      },
    },
    handler: async ({ db, query }) => ({ groups: await duplicateContacts(db, query.limit) }),
  }),
  route({
    method: 'post',
    path: '/contacts/{contactId}/merge',
    operationId: 'mergeContacts',
    summary: 'Merge another contact into this one',
    description:
      'Deals and activities go over, tags are united, what is empty is filled, and the other contact is archived. ' +
      'Where one may not be contacted, the result may not. Merging the same two again changes nothing.',
    permission: 'crm:write',
    params: z.object({ contactId: uuid }),
    body: z.strictObject({ from: uuid }),
    answers: {
      200: {
        description: 'The contact that stays',
        schema: z.object({
          contact: recordOf('Contact'),
          moved: z.object({ deals: z.int(), activities: z.int() }),
        }),
      },
    },
    refusals: {
      CONTACT_SAME: 'A contact cannot be merged with itself.',
      RECORD_ARCHIVED: 'One of the two is archived.',
    },
    handler: ({ db, params, body }) => mergeContacts(db, params.contactId, body.from),
  }),
];
