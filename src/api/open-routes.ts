import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { type Auth, DEMO_PASSWORD } from '../auth/index.ts';
import { demoGuides } from '../modules/organizations/index.ts';
import type { Env } from './env.ts';
import { isLocal } from './middleware/address.ts';
import { jsonAnswer, refuseInvalid } from './module-routes.ts';
import { PROBLEMS } from './problems.ts';

const ServerInfo = z
  .object({
    oidc: z
      .object({ name: z.string() })
      .nullable()
      .describe('The provider that people may sign in with, where one is set'),
    mailbox: z.string().nullable().describe('Where captured mail is read, on the machine of the server'),
    demo: z
      .object({
        password: z.string(),
        people: z.array(
          z.object({ name: z.string(), email: z.string(), role: z.string(), organization: z.string() }),
        ),
      })
      .nullable()
      .describe('People of the demonstration, on the machine of the server and never in production'),
  })
  .openapi('ServerInfo');

const InvitationShown = z
  .object({ organization: z.string(), email: z.string(), role: z.string(), expiresAt: z.string() })
  .openapi('InvitationShown');

export interface OpenRoutesOptions {
  readonly auth: Auth;
  readonly oidcName: string | undefined;
  readonly mailbox: string | undefined;
  /** Whether the people of the demonstration are there to be signed in as. */
  readonly hasDemo: () => Promise<boolean>;
}

/** What the web application asks before anybody is signed in. */
export function openRoutes({ auth, oidcName, mailbox, hasDemo }: OpenRoutesOptions): OpenAPIHono<Env> {
  const app = new OpenAPIHono<Env>({ defaultHook: refuseInvalid });
  app.openapi(
    createRoute({
      method: 'get',
      path: '/v1/server',
      operationId: 'getServer',
      summary: 'What the server offers to who is not signed in yet',
      tags: ['sign-in'],
      security: [],
      responses: { ...PROBLEMS('get'), 200: json('What it offers', ServerInfo) },
    }),
    (async (c: Context<Env>) => {
      const local = isLocal(c);
      return jsonAnswer(200, {
        oidc: oidcName === undefined ? null : { name: oidcName },
        mailbox: local ? (mailbox ?? null) : null,
        demo: local && (await hasDemo()) ? { password: DEMO_PASSWORD, people: guides() } : null,
      });
    }) as never,
  );
  app.openapi(
    createRoute({
      method: 'get',
      path: '/v1/invitations/{token}',
      operationId: 'showInvitation',
      summary: 'What an invitation is to',
      description:
        'For whoever has the link of the mail. Unknown, used, revoked and expired ones are answered alike.',
      tags: ['sign-in'],
      security: [],
      request: { params: z.object({ token: z.string().min(1).max(200) }) },
      responses: { ...PROBLEMS('get'), 200: json('The invitation', InvitationShown) },
    }),
    (async (c: { req: { valid(from: string): { token: string } } }) => {
      const { organizationName: organization, ...rest } = await auth.invitation(c.req.valid('param').token);
      return jsonAnswer(200, { organization, ...rest });
    }) as never,
  );
  return app;
}

const json = (description: string, schema: z.ZodType) => ({
  description,
  content: { 'application/json': { schema } },
});

const guides = () =>
  demoGuides().map(({ name, email, role, organizationName: organization }) => ({
    name,
    email,
    role,
    organization,
  }));
