import type { Person } from './principal.ts';

export type StaffRole = Exclude<Person['platformRole'], 'EMPLOYEE'>;

/** Roles of platform staff, weakest first. */
export const STAFF_ROLES = ['MODERATOR', 'ADMIN', 'SUPER_ADMIN'] as const satisfies readonly StaffRole[];

/** The one table of what platform staff may do: each kind of action with the weakest role that may. */
export const STAFF_ACTIONS = {
  REVIEW_MODERATE: 'MODERATOR',
  PLATFORM_READ: 'MODERATOR',
  ORG_READ: 'MODERATOR',
  USER_READ: 'ADMIN',
  DATA_READ: 'ADMIN',
  CATALOGUE_PUBLISH: 'ADMIN',
  USER_CREATE: 'ADMIN',
  USER_UPDATE: 'ADMIN',
  USER_SUSPEND: 'ADMIN',
  ORG_CREATE: 'ADMIN',
  ORG_UPDATE: 'ADMIN',
  ORG_SUSPEND: 'ADMIN',
  SUBSCRIPTION_CREATE: 'ADMIN',
  SUBSCRIPTION_UPDATE: 'ADMIN',
  SUBSCRIPTION_CANCEL: 'ADMIN',
  FEATURE_FLAG_UPDATE: 'ADMIN',
  SYSTEM_ALERT_UPDATE: 'ADMIN',
  USER_ROLE_UPDATE: 'SUPER_ADMIN',
  USER_DELETE: 'SUPER_ADMIN',
  USER_IMPERSONATE: 'SUPER_ADMIN',
  ORG_DELETE: 'SUPER_ADMIN',
  SYSTEM_CONFIG_UPDATE: 'SUPER_ADMIN',
  DATA_EXPORT: 'SUPER_ADMIN',
  BULK_ACTION: 'SUPER_ADMIN',
} as const satisfies Record<string, StaffRole>;

export type StaffAction = keyof typeof STAFF_ACTIONS;

/** Whether a person of this platform role may do it. */
export function staffMay(role: Person['platformRole'], action: StaffAction): boolean {
  return (STAFF_ROLES as readonly string[]).indexOf(role) >= STAFF_ROLES.indexOf(STAFF_ACTIONS[action]);
}
