import type { Model } from '../../api/client.ts';
import { optionsOf } from '../../ui/options.ts';

export type Role = Model<'MemberView'>['role'];

/** Weakest first. */
export const ROLES = optionsOf<Role>('VIEWER', 'MEMBER', 'ADMIN', 'OWNER');

export const ROLE_MEANS: Readonly<Record<Role, string>> = {
  VIEWER: 'Reads everything',
  MEMBER: 'Works with records, files and content',
  ADMIN: 'Also manages members, keys and settings',
  OWNER: 'Also owns the organization: other owners, archiving',
};

/** Roles that somebody of this role may give. */
export const rolesUpTo = (own: string) => ROLES.slice(0, ROLES.findIndex((r) => r.value === own) + 1);
