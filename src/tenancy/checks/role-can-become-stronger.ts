import { quoteIdent } from '../../database/quote.ts';
import { wordList } from './facts/names.ts';
import { applicationRoles, type LiveRole, type Membership } from './facts/roles.ts';
import type { Check } from './runner/check.ts';

export const check: Check = {
  name: 'role-can-become-stronger',
  title: 'A role can become a stronger one',
  why: 'What a role may not do itself, it may do after SET ROLE to one that it is a member of, over any number of steps.',
  mend: 'End the membership: `REVOKE … FROM …`.',
  also: ['pgrls SEC029', 'pgrls SEC048', 'safegres L7'],
  level: 'error',
  async run({ client, roles, facts }) {
    const live = new Map((await facts.roles()).map((r) => [r.name, r]));
    const memberships = await facts.memberships();
    const { rows } = await client.query<{ owner: string }>(`
      SELECT DISTINCT pg_get_userbyid(refobjid)::text AS owner FROM pg_shdepend
      WHERE deptype = 'o' AND dbid = (SELECT oid FROM pg_database WHERE datname = current_database())`);
    const owners = new Set(rows.map((r) => r.owner));
    const granted = new Set([
      ...(await facts.privileges()).map((p) => p.grantee),
      ...(await facts.functions()).flatMap((f) => f.callers.filter((c) => c !== f.owner)),
    ]);
    const named = new Set([roles.owner, ...applicationRoles(roles)]);
    return [roles.owner, ...applicationRoles(roles)].flatMap((start) =>
      chains(start, memberships).flatMap((chain) => {
        const end = chain.at(-1)!;
        const role = live.get(end);
        // The owner is meant to become the platform, and may be helped by roles of the server.
        const powers =
          start === roles.owner
            ? aboveRowSecurity(role)
            : powersOf(role, named.has(end), owners.has(end), granted.has(end));
        if (powers.length === 0) return [];
        const last = chain.at(-2)!;
        return [
          {
            object: `${start} ${end}`,
            detail: `${start} can act as ${end} (${chain.join(' → ')}), which ${wordList(powers)}.`,
            remedy: `end the membership: \`REVOKE ${quoteIdent(end)} FROM ${quoteIdent(last)};\``,
          },
        ];
      }),
    );
  },
};

function powersOf(role: LiveRole | undefined, ofBoundary: boolean, owns: boolean, holds: boolean): string[] {
  if (!role) return [];
  return [
    ...aboveRowSecurity(role),
    ...(role.createRole ? ['is CREATEROLE'] : []),
    ...(role.replication ? ['is REPLICATION'] : []),
    ...(role.name.startsWith('pg_') ? ['has rights over the whole server'] : []),
    ...(ofBoundary
      ? ['is another role of the boundary']
      : owns
        ? ['owns objects in this database']
        : holds
          ? ['holds privileges in this database']
          : []),
  ];
}

function aboveRowSecurity(role: LiveRole | undefined): string[] {
  return [...(role?.superuser ? ['is SUPERUSER'] : []), ...(role?.bypass ? ['is BYPASSRLS'] : [])];
}

/** Every way from a role to another that it can act as, the shortest of each. */
function chains(start: string, memberships: readonly Membership[]): string[][] {
  const found: string[][] = [];
  const seen = new Set([start]);
  let level = [[start]];
  while (level.length > 0) {
    const next: string[][] = [];
    for (const chain of level) {
      for (const { member, role } of memberships) {
        if (member !== chain.at(-1) || seen.has(role)) continue;
        seen.add(role);
        next.push([...chain, role]);
      }
    }
    found.push(...next);
    level = next;
  }
  return found;
}
