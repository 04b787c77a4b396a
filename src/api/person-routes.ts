import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { type Auth, type Membership, type Person, slugOf } from '../auth/index.ts';
import { Refusal } from '../errors.ts';
import type { Env } from './env.ts';
import { jsonAnswer, refuseInvalid } from './module-routes.ts';
import { PROBLEMS } from './problems.ts';

const Organization = z
  .object({ id: z.uuid(), name: z.string(), slug: z.string(), role: z.string() })
  .openapi('MyOrganization');

const Me = z
  .object({
    userId: z.uuid(),
    email: z.string(),
    name: z.string().nullable(),
    platformRole: z.string(),
    via: z.enum(['session', 'key']),
    organizations: z.array(Organization),
  })
  .openapi('Me');

const json = (description: string, schema: z.ZodType) => ({
  description,
  content: { 'application/json': { schema } },
});

const shown = ({ organizationId: id, name, slug, role }: Membership) => ({ id, name, slug, role });

/** What a person does before an organization is chosen. */
export function personRoutes(auth: Auth): OpenAPIHono<Env> {
  const app = new OpenAPIHono<Env>({ defaultHook: refuseInvalid });

  app.openapi(
    createRoute({
      method: 'get',
      path: '/v1/me',
      operationId: 'getMe',
      summary: 'Who you are, and the organizations you can enter',
      tags: ['sign-in'],
      responses: { ...PROBLEMS('get'), 200: json('You', Me) },
    }),
    (async (c: never) => {
      const { person } = (c as { var: Env['Variables'] }).var;
      const { userId, email, name, platformRole, via } = person;
      return jsonAnswer(200, {
        userId,
        email,
        name,
        platformRole,
        via,
        organizations: (await auth.organizationsOf(person)).map(shown),
      });
    }) as never,
  );

  app.openapi(
    createRoute({
      method: 'post',
      path: '/v1/organizations',
      operationId: 'createOrganization',
      summary: 'Make an organization that you own',
      description:
        'It begins with a trial. The address is made from the name where none is given. It belongs to one organization, so a repetition makes no second one: with an `Idempotency-Key` it is answered as the first request was.',
      tags: ['sign-in'],
      request: {
        body: {
          required: true,
          content: {
            'application/json': {
              schema: z.strictObject({
                name: z.string().min(1).max(200),
                slug: z
                  .string()
                  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
                  .min(3)
                  .max(63)
                  .optional(),
              }),
            },
          },
        },
      },
      responses: { ...PROBLEMS('post'), 201: json('The organization', Organization) },
    }),
    (async (c: Context<Env> & { req: { valid(from: string): OrganizationInput } }) =>
      made(auth, c.var.person, c.req.valid('json'), c.req.header('idempotency-key'))) as never,
  );

  app.openapi(
    createRoute({
      method: 'post',
      path: '/v1/invitations/{token}/accept',
      operationId: 'acceptInvitation',
      summary: 'Accept an invitation',
      description:
        'For the owner of the address that was invited, once. The token is the one of the link in the mail.',
      tags: ['sign-in'],
      request: { params: z.object({ token: z.string().min(1).max(200) }) },
      responses: { ...PROBLEMS('post'), 200: json('The organization that you joined', Organization) },
    }),
    (async (c: { var: Env['Variables']; req: { valid(from: string): { token: string } } }) =>
      jsonAnswer(200, shown(await auth.acceptInvitation(c.var.person, c.req.valid('param').token)))) as never,
  );
  return app;
}

interface OrganizationInput {
  readonly name: string;
  readonly slug?: string;
}

/**
 * Keys of repetitions are kept by organization, and here is none yet. The address is unique, so what a repetition would have
 * made is found by it: an organization of this name that the same person owns.
 */
async function made(
  auth: Auth,
  person: Person,
  input: OrganizationInput,
  key: string | undefined,
): Promise<Response> {
  try {
    return jsonAnswer(201, shown(await auth.createOrganization(person, input)));
  } catch (error) {
    if (key === undefined || !(error instanceof Refusal) || error.code !== 'SLUG_TAKEN') throw error;
    const own = await auth.organizationsOf(person);
    const first = own.find(
      (o) => o.role === 'OWNER' && o.name === input.name.trim() && o.slug === (input.slug ?? slugOf(o.name)),
    );
    if (!first) throw error;
    return jsonAnswer(201, shown(first), { 'idempotent-replayed': 'true' });
  }
}
