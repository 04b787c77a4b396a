import type { Module } from '../module.ts';
import { type OrganizationsOptions, organizationRoutes } from './routes.ts';
import { organizationRules } from './rules.ts';

export { findOrganization, type OrganizationName, organizationNames } from './find.ts';
export { type DemoPerson, demoGuides, demoPeople } from './offices.ts';
export { type Provisioned, type ProvisionInput, provisionOrganization } from './provision.ts';
export type { OrganizationsOptions } from './routes.ts';
export { ensureOffices, ensurePlatform, type Platform } from './seed.ts';

/** The server side of organizations. */
export function organizationsModule(options: OrganizationsOptions): Module {
  return {
    name: 'organizations',
    description: 'The organization itself: members, invitations, API keys, plan.',
    routes: organizationRoutes(options),
    jobs: [],
    rules: organizationRules,
  };
}
