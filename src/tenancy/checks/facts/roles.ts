import type { ClientBase } from 'pg';
import type { Roles } from '../../boundary.ts';

export interface LiveRole {
  readonly name: string;
  readonly superuser: boolean;
  readonly bypass: boolean;
  readonly createRole: boolean;
  readonly createDatabase: boolean;
  readonly replication: boolean;
}

/** `member` may act as `role`, by inheritance or by SET ROLE, or may give itself that right. */
export interface Membership {
  readonly member: string;
  readonly role: string;
}

export async function readRoles(client: ClientBase): Promise<LiveRole[]> {
  const { rows } = await client.query<LiveRole>(`
    SELECT rolname AS name, rolsuper AS superuser, rolbypassrls AS bypass, rolcreaterole AS "createRole",
      rolcreatedb AS "createDatabase", rolreplication AS replication
    FROM pg_roles ORDER BY 1`);
  return rows;
}

/** From 16 on a membership may carry neither right; the row as JSON reads on 15 too, where the columns are missing. */
export async function readMemberships(client: ClientBase): Promise<Membership[]> {
  const { rows } = await client.query<Membership>(`
    SELECT DISTINCT pg_get_userbyid(m.member) AS member, pg_get_userbyid(m.roleid) AS role
    FROM pg_auth_members m, to_jsonb(m) AS j
    WHERE coalesce((j ->> 'set_option')::boolean, true) OR coalesce((j ->> 'inherit_option')::boolean, true) OR m.admin_option
    ORDER BY 1, 2`);
  return rows;
}

/** The roles that a context binds to one tenant. */
export function tenantRoles({ app, ingest, custodian }: Roles): string[] {
  return [app, ingest, custodian];
}

/** Every role of the boundary but the owner. */
export function applicationRoles({ app, ingest, platform, custodian, readers }: Roles): string[] {
  return [app, ingest, platform, custodian, ...readers];
}
