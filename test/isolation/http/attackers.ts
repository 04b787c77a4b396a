import type pg from 'pg';
import { type OrgRole, PERMISSIONS, type Permission, ROLES } from '../../../src/auth/permissions.ts';
import type { Operation } from '../../http/operations.ts';
import { BASE, type TestApp } from '../../support/app.ts';

/** Somebody who must not get at what they ask for. */
export interface Attacker {
  readonly name: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Whose path they ask under. */
  readonly path: 'victim' | 'own';
  /** Operations that are closed to them; all under an organization unless told. */
  readonly closed: (operation: Operation) => boolean;
}

export const VICTIM = 'quillmarsh-realty';
export const OTHER = 'oddfern-properties';
const OWNER = 'ottoline@quillmarsh.example';

const inOrganization = ({ path }: Operation) => path.startsWith('/v1/orgs/');
/** What answers without credentials; all else must ask for them, whatever the document says of it. */
const OPEN = ['/v1/files/', '/v1/server', '/v1/invitations/'];
const guarded = ({ path }: Operation) => !OPEN.some((open) => path.startsWith(open));
const beyond = (role: OrgRole) => (operation: Operation) =>
  operation.permission !== undefined &&
  ROLES.indexOf(PERMISSIONS[operation.permission as Permission]) > ROLES.indexOf(role);

/**
 * Makes every attacker, with the sessions and keys they ask with. Those whose credentials were taken from them had them a
 * moment before.
 * @param client of a role that row security does not bind
 */
export async function makeAttackers(server: TestApp, client: pg.Client): Promise<Attacker[]> {
  const owner = await server.signIn(OWNER);
  const stranger = await server.signIn('philippa@oddfern.example');
  const key = async (organization: string, headers: Record<string, string>, scopes: readonly string[]) => {
    const answer = await server.ask('POST', `/v1/orgs/${organization}/keys`, {
      headers,
      body: { name: `attack ${scopes[0]}`, scopes },
    });
    const { id, secret } = (await answer.json()) as { id: string; secret: string };
    return { id, headers: { authorization: `Bearer ${secret}` } };
  };
  const all = Object.keys(PERMISSIONS);
  const narrow = await key(VICTIM, owner, ['analytics:read']);
  const revoked = await key(VICTIM, owner, all);
  const ended = await key(VICTIM, owner, all);
  const foreign = await key(OTHER, stranger, all);
  const expired = await server.signIn('barnaby@quillmarsh.example');
  await client.query(
    `UPDATE auth.sessions SET expires_at = now() - interval '1 minute' WHERE user_id =
       (SELECT auth_subject FROM public.users WHERE email = 'barnaby@quillmarsh.example')`,
  );
  const signedOut = await server.signIn(OWNER);
  const out = await server.ask('POST', '/auth/sign-out', {
    headers: { ...signedOut, origin: BASE },
    body: {},
  });
  if (out.status !== 200) throw new Error(`sign-out answered ${out.status}`);
  const removed = await server.signIn('petronella@quillmarsh.example');
  await client.query(
    `UPDATE organization_members SET left_at = now() WHERE user_id =
       (SELECT id FROM users WHERE email = 'petronella@quillmarsh.example')`,
  );
  await server.ask('DELETE', `/v1/orgs/${VICTIM}/keys/${revoked.id}`, { headers: owner });
  await client.query("UPDATE auth.api_keys SET expires_at = now() - interval '1 minute' WHERE id = $1", [
    ended.id,
  ]);
  server.parts.auth.forget();
  const cookie = owner.cookie!;
  const flipped = (at: number) =>
    `${cookie.slice(0, at)}${cookie[at] === 'a' ? 'b' : 'a'}${cookie.slice(at + 1)}`;

  const attacker = (
    name: string,
    headers: Record<string, string>,
    closed: Attacker['closed'] = inOrganization,
    path: Attacker['path'] = 'victim',
  ): Attacker => ({ name, headers, path, closed });
  return [
    attacker('nobody', {}, guarded),
    attacker('the owner of another organization, under the path of the victim', stranger),
    attacker('the owner of another organization, under their own path', stranger, inOrganization, 'own'),
    attacker('a key of another organization', foreign.headers),
    attacker('a viewer', await server.signIn('mortimer@quillmarsh.example'), beyond('VIEWER')),
    attacker('a member', await server.signIn('clementine@quillmarsh.example'), beyond('MEMBER')),
    attacker('a key without the scope', narrow.headers, ({ permission }) =>
      Boolean(permission && permission !== 'analytics:read'),
    ),
    attacker('a revoked key', revoked.headers, guarded),
    attacker('an expired key', ended.headers, guarded),
    attacker('an invented key', { authorization: `Bearer lk_${'0'.repeat(64)}` }, guarded),
    attacker('an expired session', expired, guarded),
    attacker('a session that was signed out', signedOut, guarded),
    attacker('a tampered session', { cookie: flipped(cookie.indexOf('=') + 5) }, guarded),
    attacker('a session with a tampered signature', { cookie: flipped(cookie.length - 12) }, guarded),
    attacker('a member who was removed', removed),
  ];
}
