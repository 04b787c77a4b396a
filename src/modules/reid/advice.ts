import { type Batch, batch, keyed, type Office, officeId, pick } from '../seeding/index.ts';

/** Alerts with one event in their history, reports and AI profiles. */
export function adviceRows(office: Office): Batch[] {
  return [
    batch('reid_alerts', alerts(office)),
    batch('notifications', alertEvents(office)),
    batch('reid_reports', reports(office)),
    batch('reid_ai_profiles', profiles(office)),
  ];
}

function alerts(office: Office) {
  const { calendar, members } = office;
  return (['PRICE_DROP', 'INVENTORY_CHANGE', 'MARKET_TREND'] as const).map((type, i) => ({
    ...keyed(office, 'alert', type),
    created_by_id: members.agents[i]!,
    // Of the whole office, of its author, and a paused one.
    user_id: i === 0 ? null : members.agents[i]!,
    name: pick(['Prices fall by two percent', 'Supply above four months', 'Trend turns'], i),
    alert_type: type,
    is_active: i !== 2,
    disabled_reason: i === 2 ? 'Paused over the winter' : null,
    area_type: 'ZIP',
    zip_codes: office.places.map((place) => place.zip),
    conditions: pick<object>(
      [
        { price_change_rate: { operator: '<=', value: -0.02 } },
        { inventory_change_rate: { operator: '>=', value: 0.25 } },
        { market_trend: 'DECLINING' },
      ],
      i,
    ),
    frequency: pick(['IMMEDIATE', 'DAILY', 'WEEKLY'], i),
    delivery_channels: i === 0 ? ['IN_APP', 'EMAIL'] : ['IN_APP'],
    priority: pick(['HIGH', 'MEDIUM', 'LOW'], i),
    email_addresses: i === 0 ? [`hello@${office.domain}`] : [],
    next_evaluation_at: i === 1 ? calendar.at(1, 6) : null,
    last_triggered_at: i === 0 ? calendar.at(-4, 6) : null,
    trigger_count: i === 0 ? 1 : 0,
    day_trigger_date: i === 0 ? calendar.day(-4) : null,
    day_trigger_count: i === 0 ? 1 : 0,
    tags: [],
  }));
}

/** The event of the office's alert, once for each of three members: one line in `app.alert_history()`. */
function alertEvents(office: Office) {
  const alert = officeId(office, 'alert', 'PRICE_DROP');
  const zip = office.places[1]!.zip;
  return [office.members.owner, office.members.admin, office.members.agents[0]!].map((user, i) => ({
    ...keyed(office, 'alert-event', i),
    user_id: user,
    type: 'WARNING',
    title: `Prices in ${zip} fell`,
    message: 'The median price of last month is 2.4 percent below the month before.',
    action_url: '/reid/alerts',
    entity_type: 'reid_alert',
    entity_id: alert,
    payload: {
      matched: ['price_change_rate'],
      observed: { price_change_rate: -0.024 },
      threshold: { price_change_rate: -0.02 },
      source_ids: [officeId(office, 'market', `${zip}/0`)],
    },
    dedupe_key: `alert:${alert}:${zip}:demo`,
    created_at: office.calendar.at(-4, 6),
  }));
}

function reports(office: Office) {
  const { calendar, members } = office;
  const [first, second] = office.places;
  return (['template', 'published', 'draft'] as const).map((kind, i) => ({
    ...keyed(office, 'report', kind),
    user_id: kind === 'template' ? members.admin : members.agents[0]!,
    name: pick(
      [
        'Template: monthly market overview',
        `Market overview ${first!.zip}`,
        `${first!.city} and ${second!.zip} compared`,
      ],
      i,
    ),
    report_type: kind === 'draft' ? 'COMPARATIVE_STUDY' : 'MARKET_OVERVIEW',
    status: kind === 'published' ? 'PUBLISHED' : 'DRAFT',
    area_type: 'ZIP',
    zip_codes: kind === 'draft' ? [first!.zip, second!.zip] : [first!.zip],
    date_range_start: calendar.month(-12),
    date_range_end: calendar.day(-1),
    configuration: {
      include_demographics: true,
      include_schools: true,
      include_market_trends: true,
      include_roi_analysis: false,
      chart_types: ['line', 'bar'],
      comparison_periods: ['year_over_year'],
      custom_sections: [],
    },
    data:
      kind === 'published'
        ? {
            areas: [{ area_type: 'ZIP', area_key: first!.zip, market: [], schools: [] }],
            generated_from: [officeId(office, 'market', `${first!.zip}/0`)],
          }
        : null,
    insights:
      kind === 'published'
        ? {
            key_findings: ['Prices rise by half a percent a month.'],
            investment_opportunities: [],
            risk_factors: ['Supply grows.'],
            market_outlook: 'Steady.',
          }
        : null,
    is_template: kind === 'template',
    template_id: kind === 'published' ? officeId(office, 'report', 'template') : null,
    schedule:
      kind === 'template'
        ? { frequency: 'MONTHLY', day_of_month: 3, time: '06:00', timezone: 'America/Chicago' }
        : null,
    next_run_at: kind === 'template' ? `${calendar.month(1).slice(0, 8)}03T12:00:00Z` : null,
    generated_at: kind === 'published' ? calendar.at(-2, 6) : null,
    tags: [],
    created_at: calendar.at(-2, 6, i),
  }));
}

function profiles(office: Office) {
  const { calendar, members } = office;
  return office.places.slice(0, 3).map((place, i) => ({
    ...keyed(office, 'profile', place.zip),
    user_id: i === 2 ? null : members.agents[i]!,
    profile_type: pick(['NEIGHBORHOOD', 'PROPERTY', 'MARKET_SEGMENT'], i),
    target_type: i === 1 ? 'SINGLE_FAMILY' : null,
    address: i === 1 ? '138 Larkspur Street' : null,
    zip_code: place.zip,
    city: place.city,
    county: place.county,
    state: place.state,
    neighborhood: place.neighborhood,
    latitude: place.latitude,
    longitude: place.longitude,
    summary: `${place.neighborhood} is close to the centre of ${place.city} and has steady demand.`,
    detailed_analysis:
      'Prices have grown slowly over the last year; homes in good state sell within a month.',
    strengths: ['Short ways', 'Parks'],
    weaknesses: ['Few parking places'],
    opportunities: ['New light-rail stop planned'],
    overall_score: 74 + i * 3,
    investment_score: 68 + i * 4,
    lifestyle_score: 81 - i * 2,
    growth_potential: 70,
    risk_score: 28,
    metrics: {
      walkability_score: 72,
      transit_score: 48,
      crime_index: 'LOW',
      school_rating_avg: 7.1,
      price_appreciation_3yr_rate: 0.11,
    },
    recommendations: {
      ideal_buyer_persona: 'A couple that works in town',
      best_use_case: 'Own home',
      timing_recommendation: 'No hurry',
      comparable_areas: [],
      alternative_properties: [],
    },
    data_sources: ['demo'],
    ai_model: 'KIMIK2',
    confidence_score: 0.72,
    is_shared: i === 0,
    expires_at: calendar.at(7 - i, 3),
    last_refreshed_at: calendar.at(-i, 3),
    tags: [],
    created_at: calendar.at(-i, 3),
  }));
}
