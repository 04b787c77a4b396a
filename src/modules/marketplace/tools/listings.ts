import { tools } from './tool.ts';

/** Tools 9 to 15: presenting homes and finding them. */
export const LISTING_TOOLS = [
  ...tools('LISTING_OPTIMIZATION', 'STARTER', [
    [
      9,
      'Listing Description Generator',
      29,
      ['listings', 'writing'],
      'Writes a listing text from facts and photos, in your tone and within the rules of fair housing.',
      [
        'Versions for MLS, site and social media',
        'Checks wording against fair-housing rules',
        'Keeps the style of your office',
      ],
    ],
    [
      10,
      'Property Photo Enhancement',
      35,
      ['listings', 'photos'],
      'Corrects light, colour and tilted walls in your photos without changing the house.',
      ['Whole folders at once', 'Keeps the original beside the result', 'Sizes for every portal'],
    ],
    [
      11,
      'Virtual Staging AI',
      49,
      ['listings', 'staging'],
      'Furnishes empty rooms in a picture, marked as staged, so that buyers can imagine living there.',
      ['Six styles of furniture', 'Several proposals per room', 'A visible note on every staged picture'],
    ],
  ]),
  ...tools('PROPERTY_SHOPPING', 'STARTER', [
    [
      12,
      'Property Alert System',
      19,
      ['buyers', 'alerts'],
      'Tells buyers within minutes when a home that fits their wishes comes on the market or drops in price.',
      ['Wishes by area, price and features', 'Mail, text or app message', 'Shows the agent who opened what'],
    ],
    [
      13,
      'Property Comparison Engine',
      19,
      ['buyers', 'comparison'],
      'Sets up to six homes side by side, from monthly cost to the way to work.',
      [
        'Total monthly cost including taxes',
        'Travel times to places that matter',
        'A page to print or share',
      ],
    ],
    [
      14,
      'Virtual Tour Coordination',
      29,
      ['buyers', 'tours'],
      'Plans video viewings with buyer, seller and agent, and keeps the recording with the listing.',
      ['Finds a time that suits everybody', 'Sends links and reminders', 'Collects questions after the tour'],
    ],
    [
      15,
      'Property Matching Algorithm',
      39,
      ['buyers', 'matching'],
      'Finds the homes a buyer will like by learning from what they saved, skipped and visited.',
      [
        'Explains why a home fits',
        'Finds buyers for a new listing too',
        'Respects firm limits such as price and school',
      ],
    ],
  ]),
];
