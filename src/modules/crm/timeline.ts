import { keyed, type Office, officeId, pick, type Row, times } from '../seeding/index.ts';

const ACTIVITIES = [
  ['CALL', 'Called about the budget', 'Will send figures', 15],
  ['EMAIL', 'Sent three matching homes', 'Liked the second', null],
  ['MEETING', 'Met at the office', 'Signed the buyer agreement', 60],
  ['SHOWING', 'Showed the house', 'Wants to see it again', 40],
  ['NOTE', 'Prefers calls after five', null, null],
  ['FOLLOW_UP', 'Asked how the search is going', 'Ready to make an offer', 10],
  ['OPEN_HOUSE', 'Open house on Saturday', 'Fourteen visitors', 120],
  ['TASK', 'Ordered the inspection', null, null],
] as const;

/** Calls, mails and meetings of the last weeks on leads, contacts, deals and listings in turn. */
export function activities(office: Office): Row[] {
  return times(48, (i) => {
    const [type, title, outcome, minutes] = pick(ACTIVITIES, i);
    const on = i % 4;
    return {
      ...keyed(office, 'activity', i),
      type,
      title,
      outcome,
      duration_minutes: minutes,
      lead_id: on === 0 ? officeId(office, 'lead', i % 30) : null,
      contact_id: on === 1 ? officeId(office, 'contact', i % 40) : null,
      deal_id: on === 2 ? officeId(office, 'deal', i % 21) : null,
      listing_id: on === 3 ? officeId(office, 'listing', i % 25) : null,
      created_by_id: pick(office.members.agents, i),
      completed_at: type === 'TASK' ? null : office.calendar.at(-i, 9 + (i % 8)),
      created_at: office.calendar.at(-i, 9 + (i % 8)),
    };
  });
}

/** Two weeks back and two weeks ahead in the calendar. */
export function appointments(office: Office): Row[] {
  return times(20, (i) => {
    const day = i - 10;
    const past = pick(['COMPLETED', 'COMPLETED', 'NO_SHOW', 'COMPLETED', 'CANCELLED'], i);
    const type = pick(['SHOWING', 'MEETING', 'CALL', 'OPEN_HOUSE', 'FOLLOW_UP', 'OTHER'], i);
    return {
      ...keyed(office, 'appointment', i),
      title: pick(
        ['Second viewing', 'Offer review', 'Price talk', 'Open house', 'Keys and meters', 'Photo session'],
        i,
      ),
      type,
      status: day < 0 ? past : i % 2 === 0 ? 'CONFIRMED' : 'SCHEDULED',
      start_time: office.calendar.at(day, 14 + (i % 6)),
      end_time: office.calendar.at(day, 15 + (i % 6)),
      location:
        type === 'CALL' ? null : `${pick(office.places, i).neighborhood}, ${pick(office.places, i).city}`,
      reminders_sent:
        day < 0
          ? [{ channel: 'EMAIL', minutes_before: 60, sent_at: office.calendar.at(day, 13 + (i % 6)) }]
          : [],
      assigned_to_id: pick(office.members.agents, i),
      customer_id: i % 4 === 0 ? officeId(office, 'customer', i % 8) : null,
      lead_id: i % 4 === 1 ? officeId(office, 'lead', i) : null,
      deal_id: i % 4 === 2 ? officeId(office, 'deal', i) : null,
      listing_id: i % 4 === 3 ? officeId(office, 'listing', i) : null,
    };
  });
}
