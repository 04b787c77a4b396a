import type { Roles } from '../boundary.ts';
import { type ContextKey, signContext, type TenantContext } from '../context.ts';
import type { People } from './subject/people.ts';
import type { Tenants } from './subject/tenants.ts';

/** Somebody who sends SQL. */
export interface Actor {
  readonly name: string;
  readonly role: string;
  /** What the database may believe: nothing, where the context is not valid. */
  readonly context: TenantContext;
  /** SQL by which the actor begins. */
  readonly enter: string;
  /** The context is one that has to be refused. */
  readonly invalid?: boolean;
  /** Every operation must be refused. */
  readonly refused?: RegExp;
}

/** A role that is nobody: no membership, no privilege. It exists only within the transaction of a stage. */
export const STRANGER = 'lotline_attack_stranger';
/** Id of a signing key that is known and has been retired. */
export const RETIRED_KEY = 9001;

const DAY = 86_400;
const INVALID = /tenant context is not valid/;

/** Everybody who attacks a table whose rows belong to `owner`, a member of `tenants.ours`. */
export function actorsFor(
  owner: string,
  { ours, theirs }: Tenants,
  people: People,
  roles: Roles,
  key: ContextKey,
): Actor[] {
  const colleague = people.ours.find((p) => p !== owner) ?? owner;
  const stranger = people.theirs[0] ?? owner;
  const { app, ingest, platform } = roles;
  const own = { organization: ours, user: owner, role: 'OWNER' };
  const sign = (context: TenantContext) => `SELECT app.set_context('${signContext(context, key, DAY)}')`;
  const as = (name: string, role: string, context: TenantContext): Actor => ({
    name,
    role,
    context,
    enter: sign(context),
  });
  const good = signContext(own, key, DAY);
  const bad = (name: string, token: string, raw = false): Actor => ({
    name,
    role: app,
    context: {},
    enter: raw ? `SELECT set_config('app.context', '${token}', true)` : `SELECT app.set_context('${token}')`,
    invalid: true,
  });
  const foreign = signContext({ organization: theirs, user: stranger, role: 'MEMBER' }, key, DAY);
  return [
    as('the row’s member', app, { organization: ours, user: owner, role: 'MEMBER' }),
    as('another member', app, { organization: ours, user: colleague, role: 'MEMBER' }),
    as('a viewer', app, { organization: ours, user: colleague, role: 'VIEWER' }),
    as('an admin', app, { organization: ours, user: colleague, role: 'ADMIN' }),
    as('the tenant without a person', app, { organization: ours }),
    as('another tenant', app, { organization: theirs, user: stranger, role: 'OWNER' }),
    as('the same person in another tenant', app, { organization: theirs, user: owner, role: 'OWNER' }),
    as('a person without a tenant', app, { user: owner }),
    { name: 'no context', role: app, context: {}, enter: '' },
    {
      name: 'an unsigned setting',
      role: app,
      context: {},
      enter: `SET LOCAL app.current_organization_id = '${ours}'; SET LOCAL app.organization_id = '${ours}'; SET LOCAL app.bypass_rls = 'on'`,
    },
    bad('malformed', `${ours}.${owner}.OWNER`),
    bad('exchanged tenant', foreign.replace(theirs, ours), true),
    bad('exchanged person', foreign.replace(stranger, owner).replace(theirs, ours)),
    bad('exchanged role', signContext({ ...own, role: 'VIEWER' }, key, DAY).replace('VIEWER', 'OWNER'), true),
    bad('another key', signContext(own, { id: key.id, secret: Buffer.alloc(32, 99) }, DAY)),
    bad('unknown key', signContext(own, { ...key, id: 77 }, DAY), true),
    bad('retired key', signContext(own, { ...key, id: RETIRED_KEY }, DAY)),
    bad('expired', signContext(own, key, -1), true),
    bad(
      'prolonged',
      good.replace(/\.(\d{10})\./, (_, s) => `.${Number(s) + 9000}.`),
    ),
    {
      ...as('row_security off', app, { organization: theirs, user: stranger, role: 'OWNER' }),
      enter: `${sign({ organization: theirs, user: stranger, role: 'OWNER' })}; SET LOCAL row_security = off`,
      refused: /row-level security|permission denied/,
    },
    ...[platform, roles.owner].map((role) => ({
      name: `SET ROLE ${role}`,
      role: app,
      context: {},
      enter: `SET LOCAL ROLE ${role}`,
      refused: /permission denied to set role/,
    })),
    as('ingest, the tenant', ingest, { organization: ours }),
    as('ingest, another tenant', ingest, { organization: theirs }),
    { name: 'ingest, no context', role: ingest, context: {}, enter: '' },
    { name: 'the platform', role: platform, context: {}, enter: '' },
    { name: 'the owner of the tables', role: roles.owner, context: {}, enter: '' },
    { name: 'a stranger', role: STRANGER, context: {}, enter: '' },
  ];
}

/** The error of a context that is not valid, and of what no privilege allows. */
export const NOT_VALID = new RegExp(`${INVALID.source}|permission denied|row-level security`);
