import pg from 'pg';
import { CONNECTIONS, PAGE, tenantOf } from '../contenders.ts';
import type { World } from '../world.ts';
import type { Rival } from './rival.ts';

/** Prepared once on a connection, as node-postgres has it for queries with a name. */
const NAME = 'contacts_by_name';
const SQL = `
  SELECT id, organization_id AS "organizationId", name, email, phone, company, position, type, status, notes, tags,
         custom_fields AS "customFields", linkedin_url AS "linkedinUrl", twitter_url AS "twitterUrl",
         preferred_contact_method AS "preferredContactMethod", assigned_to_id AS "assignedToId",
         last_contact_at AS "lastContactAt", archived_at AS "archivedAt", created_at AS "createdAt",
         updated_at AS "updatedAt"
  FROM rival.contacts ORDER BY name LIMIT $1`;

/** SQL written by hand: a transaction that sets the tenant and asks, one statement after the other. */
export function rawPg(world: World): Rival {
  const pool = new pg.Pool({ connectionString: world.urls.app, max: CONNECTIONS });
  return {
    name: 'pg, a transaction with set_config',
    run: async (index) => {
      const client = await pool.connect();
      try {
        await client.query('BEGIN');
        await client.query({
          name: 'tenant',
          text: "SELECT set_config('app.tenant', $1, true)",
          values: [tenantOf(world, index)],
        });
        const { rows } = await client.query({ name: NAME, text: SQL, values: [PAGE.take] });
        await client.query('COMMIT');
        return rows;
      } catch (error) {
        await client.query('ROLLBACK');
        throw error;
      } finally {
        client.release();
      }
    },
    stop: () => pool.end(),
  };
}
