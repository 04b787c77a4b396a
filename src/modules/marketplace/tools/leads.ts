import { tools } from './tool.ts';

/** Tools 1 to 8: finding leads and staying in touch with them. */
export const LEAD_TOOLS = [
  ...tools('LEAD_GENERATION', 'STARTER', [
    [
      1,
      'Lead Generation Agent',
      79,
      ['leads', 'chat'],
      'Talks to visitors of your site around the clock and hands you those who are ready to speak with an agent.',
      [
        'Answers questions about your listings',
        'Asks for budget, area and time frame',
        'Creates the lead with the whole conversation',
      ],
    ],
    [
      2,
      'Lead Scoring Engine',
      39,
      ['leads', 'priorities'],
      'Ranks every lead from 0 to 100 so that you call the most promising ones first.',
      [
        'Learns from the deals you won and lost',
        'Explains each score in one sentence',
        'Updates when a lead opens, clicks or calls',
      ],
    ],
    [
      3,
      'Lead Source Analysis',
      29,
      ['leads', 'marketing spend'],
      'Shows which portals, adverts and partners bring leads that become clients, and what each client cost you.',
      [
        'Cost per lead and per closed deal',
        'Compares months and agents',
        'Points out sources that no longer pay',
      ],
    ],
    [
      4,
      'Lead Capture Summary Generator',
      19,
      ['leads', 'summaries'],
      'Turns forms, calls and chats into a five-line summary that an agent can read before dialling.',
      [
        'Works with forms, transcripts and mail',
        'Highlights wishes and worries',
        'Suggests an opening question',
      ],
    ],
  ]),
  ...tools('LEAD_NURTURING', 'STARTER', [
    [
      5,
      'Multi-Touch Campaign Engine',
      59,
      ['nurturing', 'sequences'],
      'Keeps in touch with undecided leads by mail, text and task until they answer.',
      [
        'Sequences with waiting times and branches',
        'Stops by itself when somebody replies',
        'Templates for buyers, sellers and investors',
      ],
    ],
    [
      6,
      'Client Communication Preferences Tracker',
      15,
      ['nurturing', 'consent'],
      'Remembers how and when each client wants to be contacted, and warns before you do otherwise.',
      [
        'Channel, hours and language per client',
        'Keeps proof of consent',
        'Learns from answered and ignored messages',
      ],
    ],
    [
      7,
      'Budget Range Prediction Tool',
      25,
      ['nurturing', 'budget'],
      'Estimates what a buyer can spend from the homes they look at and the answers they give.',
      ['A range with its confidence', 'Updates with every viewing', 'Flags wishes beyond the budget'],
    ],
    [
      8,
      'Client Pre-Qualification System',
      35,
      ['nurturing', 'financing'],
      'Collects what a lender will ask, so that the first appointment is about houses and not about papers.',
      [
        'A guided questionnaire on the phone',
        'Checks documents for completeness',
        'Passes the file to the lender you choose',
      ],
    ],
  ]),
];
