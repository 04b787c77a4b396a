export { findOrganization, type OrganizationName, organizationNames } from './find.ts';
export { type Provisioned, type ProvisionInput, provisionOrganization } from './provision.ts';
export { ensureOffices, ensurePlatform, type Platform } from './seed.ts';
