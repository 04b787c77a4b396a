import { Refusal } from '../errors.ts';

/** Roles of a member in an organization, weakest first. */
export const ROLES = ['VIEWER', 'MEMBER', 'ADMIN', 'OWNER'] as const;
export type OrgRole = (typeof ROLES)[number];

/** The modules whose data is read and written under `<module>:read` and `<module>:write`. */
export const MODULES = [
  'organizations',
  'crm',
  'transactions',
  'workspace',
  'content',
  'ai',
  'analytics',
  'marketplace',
  'reid',
  'expense-tax',
  'campaigns',
] as const;
export type ModuleName = (typeof MODULES)[number];

/** What goes beyond reading and writing data, with the weakest role that may. */
const SPECIAL = {
  'organization:update': 'ADMIN',
  'organization:archive': 'OWNER',
  'members:invite': 'ADMIN',
  'members:manage': 'ADMIN',
  'owners:manage': 'OWNER',
  'subscription:read': 'ADMIN',
  'keys:manage': 'ADMIN',
  'activity:read': 'ADMIN',
  'jobs:read': 'MEMBER',
  'jobs:retry': 'ADMIN',
  'files:read': 'VIEWER',
  'files:write': 'MEMBER',
  'data:export': 'MEMBER',
  'content:publish': 'MEMBER',
  'signatures:request': 'MEMBER',
} as const satisfies Record<string, OrgRole>;

export type Permission = `${ModuleName}:read` | `${ModuleName}:write` | keyof typeof SPECIAL;

/** The one permission table: each permission with the weakest role that has it. A route names the permission it needs. */
export const PERMISSIONS: Readonly<Record<Permission, OrgRole>> = Object.freeze({
  ...(Object.fromEntries(
    MODULES.flatMap((m) => [
      [`${m}:read`, 'VIEWER'],
      [`${m}:write`, 'MEMBER'],
    ]),
  ) as Record<`${ModuleName}:${'read' | 'write'}`, OrgRole>),
  ...SPECIAL,
});

/** On top of a member's role: `organization_members.permissions`. */
export interface Adjustments {
  readonly grant?: readonly string[];
  readonly deny?: readonly string[];
}

/**
 * What a member may do: the permissions of the role, with those granted to and without those denied this member. Owners
 * cannot be denied anything. With `scopes` (of an API key) only what these name, too.
 */
export function permissionsOf(
  role: OrgRole,
  adjustments: Adjustments = {},
  scopes?: readonly string[],
): ReadonlySet<Permission> {
  const rank = ROLES.indexOf(role);
  const { grant = [], deny = [] } = adjustments;
  const all = Object.keys(PERMISSIONS) as Permission[];
  return new Set(
    all.filter((p) => {
      const held = ROLES.indexOf(PERMISSIONS[p]) <= rank || grant.includes(p);
      const kept = role === 'OWNER' || !deny.includes(p);
      return held && kept && (scopes === undefined || scopes.includes(p));
    }),
  );
}

/** @throws Refusal `PERMISSION_MISSING` */
export function requirePermission(held: ReadonlySet<Permission>, needed: Permission): void {
  if (held.has(needed)) return;
  throw new Refusal(
    'forbidden',
    'PERMISSION_MISSING',
    `This needs the permission "${needed}".`,
    'Ask an owner or admin of the organization for it, or use a key that has it.',
  );
}
