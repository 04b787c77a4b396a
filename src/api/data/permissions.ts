import { MODULES, type ModuleName, type Permission } from '../../auth/permissions.ts';
import type { Feature } from '../../auth/tiers.ts';

export interface Needs {
  readonly read: Permission | undefined;
  readonly write: Permission | undefined;
  /** What the plan must include to read it. */
  readonly feature?: Feature;
}

/** What differs from `<module>:read` and `<module>:write`. */
const EXCEPTIONS: Readonly<Record<string, Partial<Needs>>> = {
  OrganizationMember: { write: 'members:manage' },
  Subscription: { read: 'subscription:read' },
  ActivityLog: { read: 'activity:read', feature: 'activityLog' },
  Organization: { write: 'organization:update' },
};

/** The permissions of a model. A module without permissions of its own, such as the platform's, is organizations' to read. */
export function permissionsOfModel({ model, module }: { model: string; module: string }): Needs {
  const name = (MODULES as readonly string[]).includes(module) ? (module as ModuleName) : 'organizations';
  return { read: `${name}:read`, write: `${name}:write`, ...EXCEPTIONS[model] };
}
