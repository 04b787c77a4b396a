import { type Auth, listInvitations, revokeInvitation } from '../../auth/index.ts';
import { ROLES, requirePermission } from '../../auth/permissions.ts';
import { type AnyRoute, answer, route, z } from '../../http/index.ts';
import { changeMember, endMembership, listMembers } from './members.ts';
import { archiveOrganization, overviewOf } from './overview.ts';

const Role = z.enum(ROLES);
const Names = z.array(z.string().max(100)).max(200);

const Member = z
  .object({
    userId: z.uuid(),
    name: z.string().nullable(),
    email: z.string(),
    role: Role,
    permissions: z.object({ grant: Names, deny: Names }),
    joinedAt: z.iso.datetime(),
    leftAt: z.iso.datetime().nullable(),
  })
  .openapi('MemberView');

const UserId = z.object({ userId: z.uuid() });

const Overview = z
  .object({
    id: z.uuid(),
    name: z.string(),
    slug: z.string(),
    description: z.string().nullable(),
    settings: z.record(z.string(), z.unknown()),
    role: Role,
    permissions: z.array(z.string()),
    permissionTable: z.record(z.string(), Role),
    tier: z.string(),
    limits: z.record(z.string(), z.unknown()),
    usage: z.object({ seats: z.int(), contacts: z.int(), activeListings: z.int() }),
  })
  .openapi('OrganizationOverview');

export interface OrganizationsOptions {
  readonly auth: Pick<Auth, 'invite' | 'createKey' | 'listKeys' | 'revokeKey' | 'forget'>;
}

/** What belongs to an organization itself: its members, invitations, keys and plan. */
export function organizationRoutes({ auth }: OrganizationsOptions): readonly AnyRoute[] {
  return [
    route({
      method: 'get',
      path: '/',
      operationId: 'getOrganizationOverview',
      summary: 'The organization, and what you may do in it',
      description:
        'Role and permissions of whoever asks, the limits of the plan, and how much of it is used.',
      permission: 'organizations:read',
      answers: { 200: { description: 'The organization', schema: Overview } },
      handler: ({ db, who }) => overviewOf(db, who),
    }),
    route({
      method: 'post',
      path: '/archive',
      operationId: 'archiveOrganization',
      summary: 'Archive the organization',
      description: 'Nobody enters it afterwards; its records stay. Only the platform brings it back.',
      permission: 'organization:archive',
      body: z.object({ name: z.string().max(200) }),
      answers: { 204: { description: 'Archived' } },
      refusals: { NAME_DIFFERS: 'the name sent to confirm is another' },
      handler: async ({ db, body, afterwards }) => {
        await archiveOrganization(db, body.name);
        afterwards(auth.forget);
      },
    }),
    route({
      method: 'get',
      path: '/members',
      operationId: 'listMembers',
      summary: 'The members, by name',
      permission: 'organizations:read',
      query: z.object({ former: z.stringbool().optional() }),
      answers: { 200: { description: 'The members', schema: z.object({ data: z.array(Member) }) } },
      handler: async ({ db, query }) => ({ data: await listMembers(db, query) }),
    }),
    route({
      method: 'patch',
      path: '/members/{userId}',
      operationId: 'changeMember',
      summary: 'Change the role or permissions of a member',
      permission: 'members:manage',
      params: UserId,
      body: z.strictObject({
        role: Role.optional(),
        permissions: z.strictObject({ grant: Names.optional(), deny: Names.optional() }).optional(),
      }),
      answers: { 200: { description: 'The member, as they are now', schema: Member } },
      refusals: {
        MEMBER_UNKNOWN: 'no such member',
        ROLE_ABOVE_OWN: 'the role is above the one of whoever asks',
        LAST_OWNER: 'nobody would own the organization',
        PERMISSION_UNKNOWN: 'a permission is none',
        PERMISSION_NOT_HELD: 'a permission is more than you have',
      },
      handler: async ({ db, who, params, body, afterwards }) => {
        const member = await changeMember(db, params.userId, body, who.permissions);
        afterwards(auth.forget);
        return member;
      },
    }),
    route({
      method: 'delete',
      path: '/members/{userId}',
      operationId: 'endMembership',
      summary: 'End a membership, another’s or one’s own',
      permission: 'organizations:read',
      params: UserId,
      answers: { 200: { description: 'The former member', schema: Member } },
      refusals: { LAST_OWNER: 'nobody would own the organization', ROLE_ABOVE_OWN: 'as in PATCH' },
      handler: async ({ db, who, params, afterwards }) => {
        if (params.userId !== who.userId) requirePermission(who.permissions, 'members:manage');
        const member = await endMembership(db, params.userId, who.permissions);
        afterwards(auth.forget);
        return member;
      },
    }),
    ...invitationRoutes(auth),
    ...keyRoutes(auth),
  ];
}

function invitationRoutes(auth: OrganizationsOptions['auth']): AnyRoute[] {
  const Invitation = z
    .object({
      id: z.uuid(),
      email: z.string(),
      role: Role,
      invitedBy: z.uuid(),
      createdAt: z.iso.datetime(),
      expiresAt: z.iso.datetime(),
      acceptedAt: z.iso.datetime().nullable(),
      revokedAt: z.iso.datetime().nullable(),
    })
    .openapi('Invitation');
  return [
    route({
      method: 'get',
      path: '/invitations',
      operationId: 'listInvitations',
      summary: 'Invitations, newest first',
      permission: 'members:invite',
      answers: { 200: { description: 'The invitations', schema: z.object({ data: z.array(Invitation) }) } },
      handler: async ({ db }) => ({ data: await listInvitations(db) }),
    }),
    route({
      method: 'post',
      path: '/invitations',
      operationId: 'inviteMember',
      summary: 'Invite somebody by e-mail',
      description: 'Sends a link that holds for seven days and works once, for the owner of that address.',
      permission: 'members:invite',
      body: z.strictObject({ email: z.email().max(320), role: Role.default('MEMBER') }),
      answers: { 201: { description: 'Invited', schema: z.object({ id: z.uuid() }) } },
      refusals: {
        ALREADY_MEMBER: 'the address is a member’s',
        PLAN_LIMIT_REACHED: 'the plan has no seat left',
        ROLE_ABOVE_OWN: 'the role is above your own',
      },
      handler: async ({ db, body, afterwards }) => answer(201, await auth.invite(db, body, afterwards)),
    }),
    route({
      method: 'delete',
      path: '/invitations/{invitationId}',
      operationId: 'revokeInvitation',
      summary: 'Take an invitation back',
      permission: 'members:invite',
      params: z.object({ invitationId: z.uuid() }),
      answers: { 204: { description: 'Taken back' } },
      handler: ({ db, params }) => revokeInvitation(db, params.invitationId),
    }),
  ];
}

function keyRoutes(auth: OrganizationsOptions['auth']): AnyRoute[] {
  const Key = z
    .object({
      id: z.uuid(),
      name: z.string(),
      hint: z.string().openapi({ description: 'The last four characters of the secret' }),
      scopes: Names,
      userId: z.uuid().openapi({ description: 'The member it acts as' }),
      createdAt: z.iso.datetime(),
      expiresAt: z.iso.datetime().nullable(),
      lastUsedAt: z.iso.datetime().nullable(),
      revokedAt: z.iso.datetime().nullable(),
    })
    .openapi('ApiKey');
  return [
    route({
      method: 'get',
      path: '/keys',
      operationId: 'listKeys',
      summary: 'API keys of the organization',
      permission: 'keys:manage',
      answers: {
        200: { description: 'The keys, without their secrets', schema: z.object({ data: z.array(Key) }) },
      },
      handler: async ({ db }) => ({ data: await auth.listKeys(db) }),
    }),
    route({
      method: 'post',
      path: '/keys',
      operationId: 'createKey',
      summary: 'Make an API key',
      description:
        'The secret is in this answer and nowhere else. The key may what its scopes say and its maker may, no more.',
      permission: 'keys:manage',
      secret: true,
      body: z.strictObject({
        name: z.string().min(1).max(100),
        scopes: Names.min(1),
        expiresAt: z.iso.datetime().optional(),
      }),
      answers: {
        201: {
          description: 'The id of the key, and its secret',
          schema: z.object({ id: z.uuid(), secret: z.string() }),
        },
      },
      refusals: {
        PLAN_LIMIT_REACHED: 'the plan has no key left',
        SCOPE_NOT_HELD: 'a scope is more than you may',
      },
      handler: async ({ db, who, body: { expiresAt, ...key } }) =>
        answer(
          201,
          await auth.createKey(db, {
            ...key,
            held: who.permissions,
            ...(expiresAt ? { expiresAt: new Date(expiresAt) } : {}),
          }),
        ),
    }),
    route({
      method: 'delete',
      path: '/keys/{keyId}',
      operationId: 'revokeKey',
      summary: 'Revoke an API key',
      permission: 'keys:manage',
      params: z.object({ keyId: z.uuid() }),
      answers: { 204: { description: 'Revoked' } },
      handler: ({ db, params, afterwards }) => auth.revokeKey(db, params.keyId, afterwards),
    }),
  ];
}
