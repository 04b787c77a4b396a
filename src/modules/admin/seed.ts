import { type Batch, batch, type Calendar, naturalId, type Office, pick } from '../seeding/index.ts';

const FLAGS = [
  ['new-calendar', 'A calendar with drag and drop', true, 100, [], 'interface'],
  ['market-map', 'Market figures on a map', true, 50, ['GROWTH', 'ELITE', 'ENTERPRISE'], 'reid'],
  ['receipt-recognition', 'Reads receipts by itself', true, 0, [], 'expense-tax'],
  ['bulk-import', 'Imports contacts in bulk', false, 0, [], 'crm'],
] as const;

const ACTIONS = [
  ['CATALOGUE_PUBLISH', 'Published the first catalogue', 'marketplace', 'catalogue'],
  ['FEATURE_FLAG_UPDATE', 'Turned the new calendar on for everybody', 'feature_flag', 'new-calendar'],
  ['REVIEW_MODERATE', 'Approved the first reviews', 'marketplace_review', 'first'],
] as const;

/** Feature flags, per environment. @param creator user id of an operator */
export function adminPlatformRows(creator: string): Batch[] {
  return [
    batch(
      'feature_flags',
      FLAGS.flatMap(([name, description, enabled, percent, tiers, category]) =>
        ['DEVELOPMENT', 'PRODUCTION'].map((environment) => ({
          id: naturalId('flag', name, environment),
          name,
          description,
          is_enabled: enabled || environment === 'DEVELOPMENT',
          rollout_percent: environment === 'DEVELOPMENT' ? 100 : percent,
          target_tiers: tiers,
          target_orgs: [],
          target_users: [],
          environment,
          category,
          created_by_id: creator,
        })),
      ),
    ),
  ];
}

/** Notices to the demo brokerages, what operators did, and sign-ups under way. @param operators user ids */
export function adminDemoRows(
  offices: readonly Office[],
  operators: readonly string[],
  calendar: Calendar,
): Batch[] {
  const alert = {
    is_global: false,
    target_roles: [],
    target_tiers: [],
    target_orgs: [],
    is_active: true,
    created_by_id: operators[0],
  };
  return [
    batch('system_alerts', [
      {
        id: naturalId('alert', 'maintenance'),
        title: 'Short maintenance on Sunday',
        message: 'The platform restarts at six in the morning (UTC) and is away for five minutes.',
        level: 'WARNING',
        category: 'MAINTENANCE',
        ...alert,
        is_global: true,
        starts_at: calendar.at(-1),
        ends_at: calendar.at(6, 7),
      },
      {
        id: naturalId('alert', 'trial'),
        title: 'Your trial has two weeks',
        message: 'Choose a plan in the settings whenever you like; nothing is lost when the trial ends.',
        level: 'INFO',
        category: 'BILLING',
        ...alert,
        target_tiers: ['STARTER'],
        starts_at: calendar.at(0, 0),
        ends_at: calendar.at(14),
      },
      {
        id: naturalId('alert', 'map'),
        title: 'New: market figures on a map',
        message: 'Open the market page and choose the map.',
        level: 'SUCCESS',
        category: 'FEATURE',
        ...alert,
        target_orgs: offices.slice(0, 1).map((o) => o.organizationId),
        starts_at: calendar.at(-3),
        ends_at: null,
      },
    ]),
    batch(
      'admin_action_logs',
      ACTIONS.map(([action, description, type, target], i) => ({
        id: naturalId('admin-action', i),
        action,
        description,
        target_type: type,
        target_id: target,
        metadata: { reason: 'demonstration' },
        ip_address: '192.0.2.1',
        success: true,
        admin_id: pick(operators, i),
        created_at: calendar.at(-3 + i, 10),
      })),
    ),
    batch('onboarding_sessions', [
      {
        ...signUp('hesitant'),
        current_step: 2,
        org_name: 'Maybe Homes',
        selected_tier: 'STARTER',
        billing_cycle: 'MONTHLY',
        payment_status: 'PENDING',
        is_completed: false,
        completed_at: null,
        expires_at: calendar.at(7),
        user_id: null,
        created_at: calendar.at(-1),
        organization_id: null,
      },
      {
        ...signUp('done'),
        current_step: 4,
        org_name: offices[0]!.name,
        selected_tier: 'ELITE',
        billing_cycle: 'YEARLY',
        payment_status: 'SUCCEEDED',
        is_completed: true,
        completed_at: calendar.at(-1, 12),
        expires_at: calendar.at(7),
        user_id: offices[0]!.members.owner,
        created_at: calendar.at(-1),
        organization_id: offices[0]!.organizationId,
      },
    ]),
  ];
}

/** The hash is of no token: nobody can resume these. */
function signUp(name: string) {
  const half = naturalId('sign-up', name).replaceAll('-', '');
  return { id: naturalId('sign-up', name), session_token_hash: `\\x${half}${half}` };
}
