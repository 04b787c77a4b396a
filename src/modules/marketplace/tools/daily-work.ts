import { tools } from './tool.ts';

/** Tools 30 to 39: calendar, messages and clients. */
export const DAILY_TOOLS = [
  ...tools('BOOKING_SCHEDULING', 'STARTER', [
    [
      30,
      'Booking Agent',
      35,
      ['calendar', 'booking'],
      'Arranges viewings and calls with clients by text, until both calendars agree.',
      ['Knows travel time between viewings', 'Moves and cancels as well', 'Hands over to you when asked'],
    ],
    [
      31,
      'Calendar Integration',
      12,
      ['calendar', 'sync'],
      'Keeps your calendar and Lotline equal, in both directions and within a minute.',
      ['The common calendar services', 'Private entries stay private', 'Finds double bookings'],
    ],
    [
      32,
      'No-Show Prevention System',
      19,
      ['calendar', 'reminders'],
      'Recognizes appointments that are likely to fall through and asks for confirmation in time.',
      ['Confirmation by one tap', 'Offers another time', 'Shows the rate per source'],
    ],
  ]),
  ...tools('COMMUNICATION', 'STARTER', [
    [
      33,
      'Script Generator',
      15,
      ['messages', 'scripts'],
      'Drafts what to say on the phone, from the first call to the price talk.',
      ['Adapted to the person you call', 'Answers to common objections', 'Learns from calls that went well'],
    ],
    [
      34,
      'Email Template Engine',
      19,
      ['messages', 'mail'],
      'Keeps the office’s mail templates, fills them with facts and shows which ones get answers.',
      ['Templates with fields', 'Answer rate per template', 'Approval before sending'],
    ],
    [
      35,
      'Review Management System',
      25,
      ['messages', 'reviews'],
      'Asks clients for a review at the right moment and gathers all reviews in one place.',
      ['The same question to every client', 'Drafts of replies', 'Alert for reviews that need an answer'],
    ],
  ]),
  ...tools('CRM_TOOLS', 'STARTER', [
    [
      36,
      'Contact Activity Feed AI',
      19,
      ['clients', 'activity'],
      'Sums up what happened with a contact since you last spoke, in three sentences.',
      ['Mail, calls, viewings and documents', 'What is still open', 'A proposal for the next step'],
    ],
    [
      37,
      'Referral Network Manager',
      25,
      ['clients', 'referrals'],
      'Keeps track of who referred whom, what was agreed and what is owed.',
      ['Agreements with their fees', 'Thank-you reminders', 'Shows the most fruitful partners'],
    ],
    [
      38,
      'Client Lifecycle Tracker',
      29,
      ['clients', 'retention'],
      'Notices when past clients may move again, and reminds you of the dates that matter to them.',
      ['Anniversaries and life events', 'Likelihood of a move', 'Gifts and cards as tasks'],
    ],
    [
      39,
      'Appointment Reminder System',
      12,
      ['clients', 'reminders'],
      'Sends reminders with address, parking and what to bring.',
      ['Text or mail as the client prefers', 'Directions to the door', 'Stops when the appointment moves'],
    ],
  ]),
];
