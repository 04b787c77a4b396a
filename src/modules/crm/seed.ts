import { type Batch, batch, keyed, type Office, officeId, pick, times } from '../seeding/index.ts';
import { warmth } from './lead-score.ts';
import { person } from './people.ts';
import { activities, appointments } from './timeline.ts';

const SOURCES = [
  'WEBSITE',
  'REFERRAL',
  'GOOGLE_ADS',
  'SOCIAL_MEDIA',
  'COLD_CALL',
  'EMAIL_CAMPAIGN',
  'EVENT',
  'PARTNER',
];
const LEAD_STATUS = ['NEW_LEAD', 'IN_CONTACT', 'QUALIFIED', 'UNQUALIFIED', 'CONVERTED', 'LOST'];
const STAGES = ['LEAD', 'QUALIFIED', 'PROPOSAL', 'NEGOTIATION', 'CLOSING', 'CLOSED_WON', 'CLOSED_LOST'];
const CHANCE = [10, 25, 50, 65, 90, 100, 0];

/** Leads, contacts, customers, deals and what happened with them. Needs the listings of the transactions module. */
export function crmRows(office: Office): Batch[] {
  return [
    batch(
      'leads',
      times(30, (i) => lead(office, i)),
    ),
    batch(
      'contacts',
      times(40, (i) => contact(office, i)),
    ),
    batch(
      'customers',
      times(8, (i) => customer(office, i)),
    ),
    batch(
      'deals',
      times(21, (i) => deal(office, i)),
    ),
    batch('activities', activities(office)),
    batch('appointments', appointments(office)),
  ];
}

function lead(office: Office, i: number) {
  const value = (i * 37) % 101;
  return {
    ...keyed(office, 'lead', i),
    ...person(office.slug, i),
    source: pick(SOURCES, i),
    status: pick(LEAD_STATUS, i),
    score: warmth(value),
    score_value: value,
    budget: 250_000 + ((i * 53) % 40) * 15_000,
    currency: 'USD',
    timeline: pick(['within a month', 'one to three months', 'this year', 'just looking'], i),
    notes: pick(
      [
        'Asked for homes with a garden.',
        'Wants to be near a light-rail stop.',
        'Relocating for work.',
        'Compares renting and buying.',
      ],
      i,
    ),
    tags: [pick(['buyer', 'seller', 'investor', 'first-time'], i)],
    custom_fields: {},
    assigned_to_id: pick(office.members.agents, i),
    last_contact_at: i % 6 === 0 ? null : office.calendar.at(-(i % 20), 15),
    created_at: office.calendar.at(-(i * 3), 10),
  };
}

function contact(office: Office, i: number) {
  return {
    ...keyed(office, 'contact', i),
    ...person(office.slug, i + 30),
    company:
      i % 5 === 4 ? pick(['Copperkettle Inspections', 'Moonbeam Title', 'Paperlantern Lending'], i) : null,
    position: i % 5 === 4 ? 'Partner' : null,
    type: i % 5 === 4 ? pick(['PARTNER', 'VENDOR'], i) : pick(['PROSPECT', 'CLIENT', 'PAST_CLIENT'], i),
    status: i % 13 === 12 ? 'DO_NOT_CONTACT' : i % 9 === 8 ? 'INACTIVE' : 'ACTIVE',
    tags: [pick(['newsletter', 'open-house', 'vip', 'referral'], i)],
    custom_fields: {},
    preferred_contact_method: pick(['email', 'phone', 'text message'], i),
    assigned_to_id: pick(office.members.agents, i),
    last_contact_at: office.calendar.at(-(i % 45), 11),
    created_at: office.calendar.at(-(60 + i * 4), 10),
  };
}

function customer(office: Office, i: number) {
  return {
    ...keyed(office, 'customer', i),
    ...person(office.slug, i + 70),
    status: pick(['ACTIVE', 'PROSPECT', 'ACTIVE', 'CHURNED', 'LEAD'], i),
    source: pick(['REFERRAL', 'WEBSITE', 'SOCIAL', 'EMAIL', 'OTHER'], i),
    tags: [pick(['seller', 'landlord', 'builder'], i)],
    custom_fields: {},
    assigned_to_id: pick(office.members.agents, i),
    created_at: office.calendar.at(-(200 - i * 11), 10),
  };
}

function deal(office: Office, i: number) {
  const stage = pick(STAGES, i);
  const won = stage === 'CLOSED_WON';
  const lost = stage === 'CLOSED_LOST';
  const abandoned = i === 7;
  const close = won || lost ? -(i * 4) : 10 + i * 4;
  return {
    ...keyed(office, 'deal', i),
    title: `${person(office.slug, i + 30).name}: ${pick(['purchase', 'sale', 'purchase and sale'], i)}`,
    value: pick(office.places, i).typicalPrice + ((i * 7) % 9) * 5_000,
    currency: 'USD',
    stage,
    status: won ? 'WON' : lost ? 'LOST' : abandoned ? 'ABANDONED' : 'ACTIVE',
    probability: CHANCE[i % CHANCE.length]!,
    expected_close_date: office.calendar.day(close),
    actual_close_date: won || lost ? office.calendar.day(close) : null,
    lost_reason: lost
      ? pick(['Chose another agent', 'Financing fell through', 'Stayed in the old home'], i)
      : abandoned
        ? 'No answer for two months'
        : null,
    tags: [],
    custom_fields: {},
    lead_id: i % 3 === 0 ? officeId(office, 'lead', i) : null,
    contact_id: officeId(office, 'contact', i),
    listing_id: officeId(office, 'listing', i),
    assigned_to_id: pick(office.members.agents, i),
    created_at: office.calendar.at(-(40 + i * 5), 10),
  };
}
