import { type Auth, TIERS } from '../../auth/index.ts';
import { UserRole } from '../../generated/prisma/client.ts';
import { recordOf, z } from '../../http/index.ts';
import { archiveOrRestore, listOrganizations, openOrganization } from './organizations.ts';
import { changePlatformRole, deactivatePerson, findPeople, openPerson, reactivatePerson } from './people.ts';
import { changePlan, PlanChange } from './plans.ts';
import { type AnyStaffRoute, staffRoute } from './route.ts';

const OrganizationId = z.object({ organizationId: z.uuid() });
const UserId = z.object({ userId: z.uuid() });
const Moment = z.iso.datetime().nullable();
const Loose = z.looseObject({});
const Plan = z.object({ tier: z.enum(TIERS), limits: Loose });

const Organization = z
  .object({
    id: z.uuid(),
    name: z.string(),
    slug: z.string(),
    isPlatform: z.boolean(),
    archivedAt: Moment,
    createdAt: z.iso.datetime(),
    tier: z.string().nullable(),
    status: z.string().nullable(),
    seats: z.int(),
  })
  .openapi('PlatformOrganization');

const OrganizationFile = z
  .object({
    organization: Loose,
    subscription: Loose.nullable(),
    plan: Plan,
    members: z.array(Loose),
    usage: z.object({
      seats: z.int(),
      contacts: z.int(),
      activeListings: z.int(),
      apiKeys: z.int(),
      storageBytes: z.number(),
    }),
  })
  .openapi('PlatformOrganizationFile');

const Person = z
  .object({
    id: z.uuid(),
    email: z.string(),
    name: z.string().nullable(),
    role: z.enum(UserRole),
    isActive: z.boolean(),
    deletedAt: Moment,
    createdAt: z.iso.datetime(),
    sessions: z.int(),
    organizations: z.array(Loose),
  })
  .openapi('PlatformPerson');

const MISSING = { ORGANIZATION_MISSING: 'there is no such organization' };
const OF_PEOPLE = {
  PERSON_MISSING: 'there is no such person',
  OWN_ACCOUNT: 'it is one’s own account',
  STAFF_ABOVE: 'only a SUPER_ADMIN changes staff',
};
const person = { description: 'The person, as they are now', schema: Person };
const moments = {
  description: 'When it was archived, before and now',
  schema: z.object({ before: Moment, after: Moment }),
};

/** What staff of the platform do with organizations and people. */
export function staffRoutes({ auth }: { readonly auth: Pick<Auth, 'forget'> }): readonly AnyStaffRoute[] {
  return [...organizationRoutes(), ...peopleRoutes()].map((route) => forgetting(route, auth));
}

/** What sign-in remembers of people, memberships and plans is out of date after a write. */
const forgetting = (route: AnyStaffRoute, auth: Pick<Auth, 'forget'>): AnyStaffRoute =>
  route.method === 'get' ? route : { ...route, afterwards: () => auth.forget() };

function organizationRoutes(): AnyStaffRoute[] {
  const target = { type: 'organization', param: 'organizationId' };
  const archiving = (archive: boolean) =>
    staffRoute({
      method: 'post',
      path: `/organizations/{organizationId}/${archive ? 'suspend' : 'restore'}`,
      operationId: archive ? 'suspendOrganization' : 'restoreOrganization',
      summary: archive ? 'Let nobody enter an organization' : 'Let its members enter an organization again',
      action: archive ? 'ORG_SUSPEND' : 'ORG_UPDATE',
      target,
      reason: 'required',
      params: OrganizationId,
      body: z.strictObject({}),
      answer: moments,
      refusals: {
        ...MISSING,
        ...(archive ? { ORGANIZATION_OF_PLATFORM: 'it operates the platform' } : {}),
      },
      handler: async ({ db, params, note }) => {
        const moved = await archiveOrRestore(db, params.organizationId, archive);
        note({ before: { archivedAt: moved.before }, after: { archivedAt: moved.after } });
        return moved;
      },
    });
  return [
    staffRoute({
      method: 'get',
      path: '/organizations',
      operationId: 'listPlatformOrganizations',
      summary: 'Organizations, newest first',
      action: 'PLATFORM_READ',
      target: { type: 'organizations' },
      reason: 'optional',
      query: z.object({
        search: z.string().min(1).max(200).optional(),
        archived: z.stringbool().optional(),
        limit: z.coerce.number().int().min(1).max(200).default(50),
        cursor: z.uuid().optional(),
      }),
      answer: {
        description: 'A page; `next` is the cursor of the one after it',
        schema: z.object({ data: z.array(Organization), next: z.uuid().nullable() }),
      },
      handler: ({ db, query }) => listOrganizations(db, query),
    }),
    staffRoute({
      method: 'get',
      path: '/organizations/{organizationId}',
      operationId: 'openPlatformOrganization',
      summary: 'One organization, with its plan, members and use',
      action: 'ORG_READ',
      target,
      reason: 'required',
      params: OrganizationId,
      answer: { description: 'The organization', schema: OrganizationFile },
      refusals: MISSING,
      handler: ({ db, params }) => openOrganization(db, params.organizationId),
    }),
    archiving(true),
    archiving(false),
    staffRoute({
      method: 'put',
      path: '/organizations/{organizationId}/subscription',
      operationId: 'changePlan',
      summary: 'Give an organization a plan',
      description:
        'What is in use beyond the new limits stays. `limits` are those agreed for the plan CUSTOM, over its own numbers.',
      action: 'SUBSCRIPTION_UPDATE',
      target,
      reason: 'required',
      params: OrganizationId,
      body: PlanChange,
      answer: {
        description: 'The subscription, and the plan that follows from it now',
        schema: z.object({ subscription: recordOf('Subscription'), plan: Plan }),
      },
      refusals: { ...MISSING, PLAN_INVALID: 'period, status and limits do not fit each other' },
      handler: async ({ db, params, body, note }) => {
        const { before, after, plan } = await changePlan(db, params.organizationId, body);
        note({ before, after });
        return { subscription: after, plan };
      },
    }),
  ];
}

function peopleRoutes(): AnyStaffRoute[] {
  const target = { type: 'user', param: 'userId' };
  return [
    staffRoute({
      method: 'get',
      path: '/people',
      operationId: 'findPeople',
      summary: 'Find a person by e-mail',
      action: 'USER_READ',
      target: { type: 'users' },
      reason: 'optional',
      query: z.object({ email: z.string().min(3).max(320) }),
      answer: { description: 'The person, or none', schema: z.object({ data: z.array(Person) }) },
      handler: ({ db, query, note }) => {
        note({ email: query.email });
        return findPeople(db, query.email);
      },
    }),
    staffRoute({
      method: 'get',
      path: '/people/{userId}',
      operationId: 'openPerson',
      summary: 'One person, with their organizations',
      action: 'USER_READ',
      target,
      reason: 'optional',
      params: UserId,
      answer: person,
      refusals: { PERSON_MISSING: OF_PEOPLE.PERSON_MISSING },
      handler: ({ db, params }) => openPerson(db, params.userId),
    }),
    staffRoute({
      method: 'post',
      path: '/people/{userId}/deactivate',
      operationId: 'deactivatePerson',
      summary: 'Take somebody’s way in, and end their sessions',
      action: 'USER_SUSPEND',
      target,
      reason: 'required',
      params: UserId,
      body: z.strictObject({}),
      answer: person,
      refusals: OF_PEOPLE,
      handler: ({ db, params }) => deactivatePerson(db, params.userId),
    }),
    staffRoute({
      method: 'post',
      path: '/people/{userId}/reactivate',
      operationId: 'reactivatePerson',
      summary: 'Let somebody sign in again',
      action: 'USER_UPDATE',
      target,
      reason: 'required',
      params: UserId,
      body: z.strictObject({}),
      answer: person,
      refusals: { ...OF_PEOPLE, ACCOUNT_CLOSED: 'the account was closed for good' },
      handler: ({ db, params }) => reactivatePerson(db, params.userId),
    }),
    staffRoute({
      method: 'put',
      path: '/people/{userId}/role',
      operationId: 'changePlatformRole',
      summary: 'Give or take a role on the platform',
      action: 'USER_ROLE_UPDATE',
      target,
      reason: 'required',
      params: UserId,
      body: z.strictObject({ role: z.enum(UserRole) }),
      answer: person,
      refusals: { ...OF_PEOPLE, PERSON_INACTIVE: 'somebody who cannot sign in gets no role' },
      handler: async ({ db, params, body, note }) => {
        const { before, person: after } = await changePlatformRole(db, params.userId, body.role);
        note({ before: { role: before }, after: { role: after.role } });
        return after;
      },
    }),
  ];
}
