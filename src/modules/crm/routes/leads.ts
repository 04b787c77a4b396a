import { answer, recordOf, route, z } from '../../../http/index.ts';
import { convertLead } from '../conversion.ts';
import { rescoreLead } from '../lead-scoring.ts';
import { currency, day, money, uuid } from './answers.ts';

const params = z.object({ leadId: uuid });

export const scoreLeadRoute = route({
  method: 'post',
  path: '/leads/{leadId}/score',
  operationId: 'scoreLead',
  summary: 'Score a lead anew and explain it',
  description:
    'The parts add up to the value: source 20, budget 20, timeline 20, contact data 10, recency 15, engagement 15. ' +
    'HOT from 70, WARM from 40. UNQUALIFIED and LOST leads score 0; a converted lead keeps its score.',
  permission: 'crm:write',
  feature: 'leadScoring',
  params,
  answers: {
    200: {
      description: 'The score and its parts',
      schema: z.object({
        value: z.int().min(0).max(100),
        score: z.enum(['HOT', 'WARM', 'COLD']),
        parts: z.array(
          z.object({
            name: z.enum(['source', 'budget', 'timeline', 'completeness', 'recency', 'engagement']),
            points: z.number(),
            of: z.number(),
            reason: z.string(),
          }),
        ),
      }),
    },
  },
  handler: ({ db, params: { leadId } }) => rescoreLead(db, leadId),
});

export const convertLeadRoute = route({
  method: 'post',
  path: '/leads/{leadId}/convert',
  operationId: 'convertLead',
  summary: 'Convert a lead to a contact and a deal',
  description:
    'A contact with the lead’s e-mail is taken and completed; otherwise one is made. Converting twice answers 200 with ' +
    'what the first conversion made, whatever the second asks for.',
  permission: 'crm:write',
  params,
  body: z.strictObject({
    title: z.string().trim().min(1).max(255).optional(),
    value: money.optional(),
    currency: currency.optional(),
    expectedCloseDate: day.optional(),
    contactId: uuid.optional(),
    listingId: uuid.optional(),
    assignedToId: uuid.optional(),
  }),
  answers: {
    201: {
      description: 'Converted',
      schema: z.object({
        lead: recordOf('Lead'),
        contact: recordOf('Contact'),
        deal: recordOf('Deal'),
        created: z.boolean(),
      }),
    },
    200: {
      description: 'Converted before',
      schema: z.object({
        lead: recordOf('Lead'),
        contact: recordOf('Contact'),
        deal: recordOf('Deal'),
        created: z.boolean(),
      }),
    },
  },
  refusals: {
    LEAD_NOT_OPEN: 'The lead is lost or unqualified.',
    LEAD_CONVERTED: 'The lead was converted elsewhere, and its deal is not known.',
    RECORD_ARCHIVED: 'The lead, or a record that is named, is archived.',
    DEAL_VALUE_MISSING: 'Neither a value is given nor has the lead a budget.',
    PLAN_LIMIT_REACHED: 'The plan has no room for another contact.',
  },
  handler: async ({ db, who, params: { leadId }, body }) => {
    const conversion = await convertLead(db, leadId, body, who);
    return answer(conversion.created ? 201 : 200, conversion);
  },
});

export const leadRoutes = [scoreLeadRoute, convertLeadRoute];
