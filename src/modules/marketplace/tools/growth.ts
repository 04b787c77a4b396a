import { tools } from './tool.ts';

/** Tools 40 to 42 and 47 to 54: figures, connections and automation. */
export const GROWTH_TOOLS = [
  ...tools('ANALYTICS_TOOLS', 'STARTER', [
    [
      40,
      'Transaction Analytics Dashboard',
      35,
      ['figures', 'transactions'],
      'Shows how long each step of your transactions takes and where they get stuck.',
      ['Time per step and party', 'Reasons of failed deals', 'Compares agents and years'],
    ],
    [
      41,
      'Agent Performance Tracker',
      29,
      ['figures', 'agents'],
      'Gives each agent a page with calls, viewings, offers and closings, and a fair comparison.',
      ['Goals with progress', 'Compares like with like', 'Private to agent and manager'],
    ],
  ]),
  ...tools('INTEGRATION_TOOLS', 'STARTER', [
    [
      42,
      'Mortgage Lender Integration',
      45,
      ['connections', 'financing'],
      'Shows the state of a client’s loan beside the deal, as the lender reports it.',
      ['Milestones from application to funding', 'Documents that are missing', 'Consent of the client first'],
    ],
    [
      47,
      'QuickBooks Integration',
      29,
      ['connections', 'bookkeeping'],
      'Sends approved expenses and commissions to QuickBooks and keeps the accounts matched.',
      ['Accounts matched once', 'Every transfer with its result', 'Corrections instead of duplicates'],
    ],
  ]),
  ...tools('AUTOMATION_TOOLS', 'STARTER', [
    [
      48,
      'Social Media Auto-Posting',
      29,
      ['automation', 'social media'],
      'Plans and publishes posts about listings, sales and open houses on all your accounts.',
      ['A calendar for all networks', 'Pictures cut to size', 'Stops when a listing is sold'],
    ],
    [
      49,
      'Marketing Automation Engine',
      69,
      ['automation', 'marketing'],
      'Connects forms, mail, posts and tasks into journeys that run by themselves.',
      ['Journeys drawn as a diagram', 'Tests of two versions', 'Shows what each step earned'],
    ],
  ]),
  ...tools('ANALYTICS_TOOLS', 'STARTER', [
    [
      50,
      'Campaign ROI Tracker',
      35,
      ['figures', 'marketing spend'],
      'Follows each marketing dollar from advert to closed deal.',
      ['Spend and income per campaign', 'First and last contact', 'Warns when a budget runs dry'],
    ],
    [
      51,
      'Listing Engagement Monitor',
      25,
      ['figures', 'listings'],
      'Counts views, saves and questions of each listing and tells the seller every week.',
      ['All portals in one graph', 'Compares with similar homes', 'A letter to the seller'],
    ],
  ]),
  ...tools('AUTOMATION_TOOLS', 'FREE', [
    [
      52,
      'Universal Assistant',
      0,
      ['assistant'],
      'Answers questions about your own data and does small errands, in every plan.',
      ['Understands plain questions', 'Shows where an answer comes from', 'Asks before it changes anything'],
    ],
  ]),
  ...tools('AUTOMATION_TOOLS', 'GROWTH', [
    [
      53,
      'RAG System',
      0,
      ['assistant', 'documents'],
      'Lets the assistant answer from your contracts, manuals and notes, with the page it read.',
      ['Answers with their source', 'Respects who may read what', 'Updates when a document changes'],
    ],
    [
      54,
      'AI Hub Management',
      0,
      ['assistant', 'administration'],
      'Shows which AI tools your office uses, by whom and how much, and sets the limits.',
      ['Use and cost per person', 'Limits per tool', 'Choice of models for each task'],
    ],
  ]),
];
