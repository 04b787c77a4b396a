import { type Batch, batch, keyed, type Office, officeId, pick } from '../seeding/index.ts';

const CAMPAIGNS = [
  {
    slug: 'sell-this-spring',
    name: 'Sell this spring',
    type: 'MIXED',
    status: 'ACTIVE',
    start: -20,
    end: 40,
  },
  {
    slug: 'first-home-week',
    name: 'First-home week',
    type: 'EMAIL_MARKETING',
    status: 'SCHEDULED',
    start: 12,
    end: 19,
  },
  {
    slug: 'autumn-open-houses',
    name: 'Autumn open houses',
    type: 'SOCIAL_MEDIA',
    status: 'COMPLETED',
    start: -120,
    end: -60,
  },
  {
    slug: 'meet-the-agents',
    name: 'Meet the agents',
    type: 'BRAND_AWARENESS',
    status: 'DRAFT',
    start: null,
    end: null,
  },
] as const;

const POSTS = [
  [
    'INSTAGRAM',
    'STANDARD',
    'PUBLISHED',
    'Porch, garden, ten minutes to the lake. Come and see it on Saturday.',
  ],
  [
    'FACEBOOK',
    'STANDARD',
    'PUBLISHED',
    'Thinking of selling? Ask us for a price range, free and within a day.',
  ],
  ['LINKEDIN', 'STANDARD', 'SCHEDULED', 'What our last thirty sales say about asking prices.'],
  ['INSTAGRAM', 'CAROUSEL', 'DRAFT', 'Five kitchens, one weekend.'],
  ['TWITTER', 'STANDARD', 'FAILED', 'Open house today from ten to noon.'],
] as const;

/** Campaigns in four states with e-mails, posts and linked content. Needs the content module. */
export function campaignRows(office: Office): Batch[] {
  const { calendar, members } = office;
  return [
    batch(
      'campaigns',
      CAMPAIGNS.map(({ slug, name, type, status, start, end }, i) => ({
        ...keyed(office, 'campaign', slug),
        name,
        slug,
        type,
        status,
        description: 'A demonstration campaign.',
        start_date: start === null ? null : calendar.at(start, 6),
        end_date: end === null ? null : calendar.at(end, 22),
        goals: { target_leads: 20 + i * 10, target_engagement_rate: 0.04 },
        budget: 1_500 + i * 500,
        budget_spent: status === 'COMPLETED' ? 1_980.5 : status === 'ACTIVE' ? 640.25 : 0,
        attributed_revenue: status === 'COMPLETED' ? 14_200 : 0,
        currency: 'USD',
        conversions: status === 'COMPLETED' ? 3 : 0,
        metrics:
          status === 'COMPLETED'
            ? { emails_sent: 0, social_posts: 1, impressions: 5_200, clicks: 240 }
            : null,
        metrics_at: status === 'COMPLETED' ? calendar.at(-59, 3) : null,
        created_by_id: members.admin,
        tags: [],
        created_at: calendar.at((start ?? 0) - 14, 9),
      })),
    ),
    batch(
      'email_campaigns',
      (['SENT', 'SCHEDULED', 'DRAFT'] as const).map((status, i) => {
        const sent = status === 'SENT';
        return {
          ...keyed(office, 'email', i),
          campaign_id: officeId(office, 'campaign', sent ? 'sell-this-spring' : 'first-home-week'),
          template_id: officeId(office, 'content', 'welcome-e-mail'),
          name: pick(['Price range offer', 'First-home invitation', 'First-home reminder'], i),
          subject: pick(
            [
              'What is your house worth this spring?',
              'Your first home: an evening with our lenders',
              'Tomorrow at six',
            ],
            i,
          ),
          preview_text: 'A short letter from our office.',
          body_html: '<p>Hello {{name}},</p><p>we would like to hear from you.</p>',
          body_plaintext: 'Hello {{name}}, we would like to hear from you.',
          from_name: office.name,
          from_email: `hello@${office.domain}`,
          recipient_lists: ['type:CLIENT', 'tag:newsletter'],
          recipient_count: sent ? 22 : 0,
          scheduled_at: status === 'DRAFT' ? null : calendar.at(sent ? -18 : 12, 7),
          started_at: sent ? calendar.at(-18, 7) : null,
          sent_at: sent ? calendar.at(-18, 7, 2) : null,
          status,
          total_sent: sent ? 22 : 0,
          total_delivered: sent ? 21 : 0,
          total_opened: sent ? 13 : 0,
          total_clicked: sent ? 5 : 0,
          total_bounced: sent ? 1 : 0,
          created_by_id: members.agents[0]!,
        };
      }),
    ),
    batch(
      'social_media_posts',
      POSTS.map(([platform, format, status, text], i) => {
        const out = status === 'PUBLISHED';
        return {
          ...keyed(office, 'post', i),
          campaign_id: officeId(office, 'campaign', i === 0 ? 'autumn-open-houses' : 'sell-this-spring'),
          post_text: text,
          hashtags: ['openhouse'],
          mentions: [],
          platform,
          format,
          status,
          media: [],
          link_url: `https://www.${office.domain}/listings`,
          scheduled_at: status === 'SCHEDULED' ? calendar.at(3, 16) : null,
          publishing_at: null,
          published_at: out ? calendar.at(-70 + i * 60, 16) : null,
          publish_attempts: status === 'FAILED' ? 3 : out ? 1 : 0,
          last_error: status === 'FAILED' ? 'The account is no longer connected.' : null,
          external_post_id: out ? `demo-${i}` : null,
          impressions: out ? 2_600 * (i + 1) : 0,
          reach: out ? 1_900 * (i + 1) : 0,
          likes: out ? 120 : 0,
          comments: out ? 14 : 0,
          shares: out ? 9 : 0,
          clicks: out ? 120 : 0,
          metrics_at: out ? calendar.at(-1, 3) : null,
          created_by_id: pick(members.agents, i),
        };
      }),
    ),
    batch(
      'campaign_content',
      (['sell-this-spring', 'what-to-ask-at-a-viewing', 'house-of-the-week'] as const).map((slug, i) => ({
        ...keyed(office, 'campaign-content', slug),
        campaign_id: officeId(office, 'campaign', 'sell-this-spring'),
        content_id: officeId(office, 'content', slug),
        position: i,
        is_primary: i === 0,
        linked_by_id: members.admin,
        linked_at: calendar.at(-25, 9),
      })),
    ),
  ];
}
