import { tools } from './tool.ts';

/** Tools 24 to 29, 45 and 46: papers and money. */
export const TRANSACTION_TOOLS = [
  ...tools('DOCUMENT_PROCESSING', 'STARTER', [
    [
      24,
      'Contract Generation System',
      59,
      ['documents', 'contracts'],
      'Fills the agreements of your state from the data of the deal and shows every blank that is left.',
      ['Forms of your board and your own', 'Data entered once', 'Versions with a list of changes'],
    ],
    [
      25,
      'Document Processing Automation',
      45,
      ['documents', 'filing'],
      'Reads incoming documents, files them with the right transaction and lists what is missing.',
      ['Recognizes scans and photos', 'Checks names, dates and signatures', 'A checklist per transaction'],
    ],
    [
      26,
      'Transaction Milestone Tracker',
      29,
      ['documents', 'deadlines'],
      'Counts the days to every deadline of a transaction and tells whose turn it is.',
      ['Deadlines computed from the contract', 'Reminders to all parties', 'A page for the client'],
    ],
    [
      27,
      'Compliance Monitor',
      39,
      ['documents', 'compliance'],
      'Checks files against the rules of state and office before an auditor does.',
      ['Rules by state and type of deal', 'Open points with their remedy', 'An audit file for each closing'],
    ],
  ]),
  ...tools('COMMISSION_FINANCIAL', 'STARTER', [
    [
      28,
      'Commission Calculator',
      19,
      ['money', 'commission'],
      'Works out splits, caps, referral fees and bonuses of a deal to the cent.',
      ['Plans per agent and year', 'What-if before the offer', 'Statements to print'],
    ],
    [
      29,
      'Automated Financial Reporting',
      49,
      ['money', 'reports'],
      'Sends income, costs and profit of the office each month, ready for the accountant.',
      ['By agent, source and type of deal', 'Compares with plan and last year', 'Export for bookkeeping'],
    ],
    [
      45,
      'Expense Tracker AI',
      25,
      ['money', 'expenses'],
      'Reads receipts, proposes the category and keeps the mileage log.',
      ['Photo in, entry out', 'Finds a receipt that was claimed twice', 'Totals by category and property'],
    ],
    [
      46,
      'Tax Optimization Planner',
      39,
      ['money', 'taxes'],
      'Estimates the quarterly taxes of self-employed agents and lists deductions that they may have missed.',
      ['Estimates per quarter and year', 'Due dates with reminders', 'A summary for the tax adviser'],
    ],
  ]),
];
