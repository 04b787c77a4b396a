import {
  type Batch,
  batch,
  type Calendar,
  keyed,
  naturalId,
  type Office,
  officeId,
  pick,
  times,
} from '../seeding/index.ts';

const PAGES = ['/', '/listings', '/listings/corner-house', '/sell-this-spring', '/contact'];
const VISITS = 12;

/** Visits to the site of the brokerage with pages, events, speed measurements and goals reached. */
export function analyticsRows(office: Office): Batch[] {
  const { calendar } = office;
  const visits = times(VISITS, (v) => ({ v, session_id: `visit-${v}`, pages: 1 + (v % 4), hour: 8 + v }));
  const page = (v: number, p: number) => {
    const path = pick(PAGES, v + p);
    return { path, url: `https://www.${office.domain}${path}` };
  };
  const views = visits.flatMap((visit) =>
    times(visit.pages, (p) => ({ ...visit, p, key: `${visit.v}/${p}` })),
  );
  return [
    batch(
      'user_sessions',
      visits.map(({ v, session_id, pages, hour }) => ({
        ...keyed(office, 'visit', v),
        source: 'website',
        session_id,
        start_time: calendar.at(-v, hour),
        end_time: calendar.at(-v, hour, pages * 2),
        duration: pages * 120,
        page_views: pages,
        bounced: pages === 1,
        converted: v % 4 === 3,
        ip_address: '198.51.100.0',
        country: 'US',
        city: pick(office.places, v).city,
        device: pick(['desktop', 'mobile'], v),
        browser: pick(['Firefox', 'Chrome', 'Safari'], v),
        os: pick(['Windows', 'Android', 'macOS'], v),
        entry_page: page(v, 0).path,
        exit_page: page(v, pages - 1).path,
      })),
    ),
    batch(
      'page_views',
      views.map(({ v, p, key, session_id, hour }) => ({
        ...keyed(office, 'page-view', key),
        source: 'website',
        session_id,
        ...page(v, p),
        title: `${office.name}: ${page(v, p).path}`,
        ip_address: '198.51.100.0',
        country: 'US',
        device: pick(['desktop', 'mobile'], v),
        utm_source: p === 0 && v % 3 === 0 ? 'newsletter' : null,
        utm_campaign: p === 0 && v % 3 === 0 ? 'spring' : null,
        view_duration: 120,
        occurred_at: calendar.at(-v, hour, p * 2),
      })),
    ),
    batch(
      'analytics_events',
      views.map(({ v, p, key, session_id, hour }) => ({
        ...keyed(office, 'event', key),
        source: 'website',
        session_id,
        event_type: pick(['click', 'scroll'], p),
        event_name: pick(['gallery_opened', 'page_scrolled', 'map_opened'], p),
        ...page(v, p),
        scroll_depth: pick([25, 50, 75, 100], v + p),
        properties: {},
        occurred_at: calendar.at(-v, hour, p * 2 + 1),
      })),
    ),
    batch(
      'web_vitals_metrics',
      visits.flatMap(({ v, session_id, hour }) =>
        (['LCP', 'INP', 'CLS'] as const).map((metric, m) => {
          const value = [1_800 + v * 160, 90 + v * 20, Number((0.02 + v * 0.02).toFixed(2))][m]!;
          return {
            ...keyed(office, 'vital', `${v}/${metric}`),
            source: 'website',
            session_id,
            ...page(v, 0),
            metric_name: metric,
            metric_value: value,
            metric_rating: rating(metric, value),
            metric_id: `v5-${v}-${metric}`,
            device: pick(['desktop', 'mobile'], v),
            occurred_at: calendar.at(-v, hour, 1),
          };
        }),
      ),
    ),
    batch(
      'analytics_goals',
      ['Viewing requested', 'Price range requested'].map((name, i) => ({
        ...keyed(office, 'goal', i),
        name,
        description: 'Counts once a visit.',
        type: 'event',
        conditions: { event_name: pick(['viewing_requested', 'price_requested'], i) },
        value: 40 + i * 20,
        currency: 'USD',
        is_active: true,
      })),
    ),
    batch(
      'goal_conversions',
      visits
        .filter(({ v }) => v % 4 === 3)
        .map(({ v, session_id, hour }, i) => ({
          ...keyed(office, 'conversion', v),
          goal_id: officeId(office, 'goal', i % 2),
          session_id,
          value: 40 + (i % 2) * 20,
          ...page(v, 3),
          occurred_at: calendar.at(-v, hour, 7),
        })),
    ),
  ];
}

/** Limits of Core Web Vitals as web.dev states them: good up to the first, poor above the second. */
function rating(metric: 'LCP' | 'INP' | 'CLS', value: number): string {
  const [good, poor] = { LCP: [2_500, 4_000], INP: [200, 500], CLS: [0.1, 0.25] }[metric] as [number, number];
  return value <= good ? 'good' : value <= poor ? 'needs-improvement' : 'poor';
}

/** Daily figures of the platform for two weeks; those of a day that has figures already stay. */
export function platformMetricRows(calendar: Calendar): Batch[] {
  return [
    batch(
      'platform_metrics',
      times(14, (i) => {
        const age = 14 - i;
        return {
          id: naturalId('platform-metric', i),
          date: calendar.day(-age),
          total_users: 17,
          active_users: 9 + (i % 5),
          new_users: i === 0 ? 17 : 0,
          total_orgs: 3,
          active_orgs: 2 + (i % 2),
          new_orgs: i === 0 ? 3 : 0,
          mrr: 299,
          arr: 3_588,
          currency: 'USD',
          churn_rate: 0,
          starter_count: 1,
          elite_count: 1,
          enterprise_count: 1,
          total_storage: 1_460_000_000 + i * 5_000_000,
          api_calls: 3_800 + i * 120,
        };
      }),
    ),
  ];
}
