export type { InvitationView } from './accept-invitation.ts';
export { networkOf } from './attempts.ts';
export type { Authenticated } from './credentials.ts';
export { DEMO_PASSWORD, seedSignIns } from './demo.ts';
export type { Membership } from './entrance.ts';
export { isForeign } from './foreign.ts';
export { type Invitation, invite, listInvitations, revokeInvitation } from './invitations.ts';
export { type ApiKey, createKey, type KeyInput, listKeys, revokeKey } from './keys.ts';
export { type Auth, openAuth } from './open.ts';
export type { AuthOptions, OidcOptions } from './options.ts';
export {
  MODULES,
  type ModuleName,
  type OrgRole,
  PERMISSIONS,
  type Permission,
  permissionsOf,
  ROLES,
  requirePermission,
} from './permissions.ts';
export { currentPlan, type Plan, planOf } from './plan.ts';
export type { Origin, Person, Principal } from './principal.ts';
export { slugOf } from './slug.ts';
export { actAsStaff, type Note, type StaffDatabase, type StaffDeed, staffOnly } from './staff.ts';
export { STAFF_ACTIONS, STAFF_ROLES, type StaffAction, staffMay } from './staff-permissions.ts';
export { LIMITS, type Limits, requireFeature, requireRoom, TIERS, type Tier } from './tiers.ts';
