import type { ModelRules } from '../../http/index.ts';
import { activityRules } from './activities.ts';
import { appointmentRules } from './appointments.ts';
import { contactRules } from './contacts.ts';
import { customerRules } from './customers.ts';
import { dealRules } from './deals.ts';
import { leadRules } from './leads.ts';
import { listingRules } from './listings.ts';

/** What the data API applies to writes of this module's models; each stands with its noun. */
export const rules: readonly ModelRules[] = [
  leadRules,
  contactRules,
  customerRules,
  dealRules,
  activityRules,
  appointmentRules,
  listingRules,
];
