import type { OrgRole, Permission } from './permissions.ts';
import type { Limits, Tier } from './tiers.ts';

/** Where a request came from; it is written into the activity log. */
export interface Origin {
  readonly ipAddress?: string;
  readonly userAgent?: string;
}

/** A person who signed in, before an organization is chosen. */
export interface Person {
  /** `users.id` */
  readonly userId: string;
  readonly email: string;
  readonly name: string | null;
  /** Role on the platform (UserRole). */
  readonly platformRole: 'SUPER_ADMIN' | 'ADMIN' | 'MODERATOR' | 'EMPLOYEE';
  readonly via: 'session' | 'key';
  /** The session's or key's id, for the log and for rate limits; never the secret. */
  readonly credentialId: string;
}

/** Who acts, for which organization, and what they may: resolved once, at the door. */
export interface Principal extends Person {
  readonly organizationId: string;
  readonly organizationSlug: string;
  readonly role: OrgRole;
  readonly permissions: ReadonlySet<Permission>;
  readonly tier: Tier;
  readonly limits: Limits;
}
