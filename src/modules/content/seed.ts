import { type Batch, batch, keyed, type Office, pick } from '../seeding/index.ts';

const PIECES = [
  [
    'what-to-ask-at-a-viewing',
    'BLOG_POST',
    'PUBLISHED',
    'What to ask at a viewing',
    'Bring these seven questions, and a torch for the cellar.',
  ],
  [
    'how-an-offer-works',
    'ARTICLE',
    'PUBLISHED',
    'How an offer works',
    'From the first number to the signed agreement, day by day.',
  ],
  [
    'sell-this-spring',
    'LANDING_PAGE',
    'PUBLISHED',
    'Sell this spring',
    'Tell us the address and we send a price range within a day.',
  ],
  [
    'monthly-market-letter',
    'NEWSLETTER',
    'SCHEDULED',
    'Monthly market letter',
    'Prices, supply and three homes worth a look.',
  ],
  [
    'welcome-e-mail',
    'EMAIL_TEMPLATE',
    'APPROVED',
    'Welcome e-mail',
    '<p>Hello {{name}}, thank you for writing to us.</p>',
  ],
  [
    'house-of-the-week',
    'SOCIAL_POST',
    'REVIEW',
    'House of the week',
    'A garden, a porch and a short walk to school.',
  ],
  [
    'from-listing-to-keys',
    'CASE_STUDY',
    'DRAFT',
    'From listing to keys in 31 days',
    'How one family sold and bought in the same month.',
  ],
  ['about-us', 'PAGE', 'ARCHIVED', 'About us', 'Who we are and how we work.'],
] as const;

/** Pages, posts and templates in every state of their life. The slug is also the key of a row's id. */
export function contentRows(office: Office): Batch[] {
  const { calendar, members } = office;
  return [
    batch(
      'content',
      PIECES.map(([slug, type, status, title, text], i) => ({
        ...keyed(office, 'content', slug),
        title,
        slug,
        content_type: type,
        content: text,
        excerpt: text.slice(0, 60),
        status,
        author_id: pick([members.admin, ...members.agents], i),
        scheduled_at: status === 'SCHEDULED' ? calendar.at(7, 8) : null,
        published_at: status === 'PUBLISHED' || status === 'ARCHIVED' ? calendar.at(-20 - i * 5, 8) : null,
        seo_meta: {
          title,
          description: text.slice(0, 60),
          keywords: [office.places[0]!.city.toLowerCase(), 'homes'],
        },
        created_at: calendar.at(-40 - i * 5, 8),
      })),
    ),
  ];
}
