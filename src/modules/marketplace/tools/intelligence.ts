import { tools } from './tool.ts';

/** Tools 16 to 23, 43 and 44: markets, values and investments. */
export const INTELLIGENCE_TOOLS = [
  ...tools('MARKET_INTELLIGENCE', 'GROWTH', [
    [
      16,
      'Automated CMA Generator',
      69,
      ['market', 'valuation'],
      'Prepares a comparative market analysis with chosen comparables and adjustments that you can edit.',
      [
        'Comparables with reasons for each',
        'Adjustments for size, age and state',
        'A report in the colours of your office',
      ],
    ],
    [
      17,
      'Predictive Analytics Engine',
      89,
      ['market', 'forecast'],
      'Forecasts prices, supply and days on market of an area for the next twelve months, with its margin of error.',
      [
        'Forecast by ZIP code and type of home',
        'Compares past forecasts with what happened',
        'Names the figures that drive the trend',
      ],
    ],
    [
      18,
      'Risk Assessment AI',
      59,
      ['market', 'risk'],
      'Gathers what may threaten a purchase: flood and fire zones, insurance, title and price swings.',
      ['One page per address', 'Sources and dates for every statement', 'Questions to ask before the offer'],
    ],
    [
      19,
      'Market Data Integration',
      79,
      ['market', 'data'],
      'Brings public market, census and school data of your areas into the dashboards every night.',
      [
        'Prices, supply, income and schools',
        'Source and vintage beside each figure',
        'Warns when a series changes its definition',
      ],
    ],
  ]),
  ...tools('INVESTMENT_ANALYSIS', 'GROWTH', [
    [
      20,
      'Investment Property Analyzer',
      59,
      ['investors', 'returns'],
      'Calculates cash flow, cap rate and internal rate of return of a property and says on which basis.',
      ['Base, good and bad case side by side', 'Loan, taxes, vacancy and repairs', 'A report for the client'],
    ],
    [
      21,
      'Portfolio Performance Tracker',
      49,
      ['investors', 'portfolio'],
      'Follows the value, rent and return of all properties an investor holds.',
      [
        'Monthly figures per property',
        'Compares with the market of the area',
        'Points out leases and loans that end soon',
      ],
    ],
  ]),
  ...tools('MARKET_INTELLIGENCE', 'GROWTH', [
    [
      22,
      'Competitive Analysis Tool',
      45,
      ['market', 'competition'],
      'Shows who lists and sells in your area, at what price and how fast.',
      [
        'Market share by office and agent',
        'List price against sale price',
        'Changes of the last ninety days',
      ],
    ],
    [
      23,
      'Territory Management System',
      39,
      ['market', 'territories'],
      'Divides your market into territories and shows where listings will soon come from.',
      ['Territories drawn on the map', 'Turnover per street', 'Fair distribution among agents'],
    ],
    [
      43,
      'AI Property Valuation',
      59,
      ['market', 'valuation'],
      'Estimates the value of a home from sales nearby and says how sure it is.',
      ['A range, never one number alone', 'Shows the sales it used', 'Corrects itself when you add facts'],
    ],
    [
      44,
      'Neighborhood Intelligence',
      39,
      ['market', 'neighbourhoods'],
      'Describes a neighbourhood with facts a buyer asks for: schools, travel times, prices and plans.',
      ['Written profile with sources', 'Comparison of two neighbourhoods', 'Within fair-housing rules'],
    ],
  ]),
];
