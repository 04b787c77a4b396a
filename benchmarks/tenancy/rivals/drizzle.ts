import { asc, sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import { jsonb, pgSchema, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import { CONNECTIONS, PAGE, tenantOf } from '../contenders.ts';
import type { World } from '../world.ts';
import type { Rival } from './rival.ts';

/** Drizzle's way under row security: a transaction that executes set_config and then selects, prepared under a name. */
export function drizzleRls(world: World): Rival {
  const db = drizzle({ connection: { connectionString: world.urls.app, max: CONNECTIONS } });
  const contacts = contactsTable();
  return {
    name: 'Drizzle, a transaction with set_config',
    run: (index) =>
      db.transaction(async (tx: typeof db) => {
        await tx.execute(sql`select set_config('app.tenant', ${tenantOf(world, index)}, true)`);
        return tx
          .select()
          .from(contacts)
          .orderBy(asc(contacts.name))
          .limit(PAGE.take)
          .prepare('contacts_by_name')
          .execute();
      }),
    stop: () => db.$client.end(),
  };
}

function contactsTable() {
  const rival = pgSchema('rival');
  const type = rival.enum('contact_type', ['PROSPECT', 'CLIENT', 'PAST_CLIENT', 'PARTNER', 'VENDOR']);
  const status = rival.enum('contact_status', ['ACTIVE', 'INACTIVE', 'DO_NOT_CONTACT']);
  const moment = (name: string) => timestamp(name, { withTimezone: true, precision: 6, mode: 'date' });
  return rival.table(
    'contacts',
    {
      id: uuid('id').notNull(),
      organizationId: uuid('organization_id').notNull(),
      name: text('name').notNull(),
      email: text('email'),
      phone: text('phone'),
      company: text('company'),
      position: text('position'),
      type: type('type').notNull(),
      status: status('status').notNull(),
      notes: text('notes'),
      tags: text('tags').array().notNull(),
      customFields: jsonb('custom_fields').notNull(),
      linkedinUrl: text('linkedin_url'),
      twitterUrl: text('twitter_url'),
      preferredContactMethod: text('preferred_contact_method'),
      assignedToId: uuid('assigned_to_id'),
      lastContactAt: moment('last_contact_at'),
      archivedAt: moment('archived_at'),
      createdAt: moment('created_at').notNull(),
      updatedAt: moment('updated_at').notNull(),
    },
    (table: { organizationId: unknown; id: unknown }) => [
      primaryKey({ columns: [table.organizationId, table.id] }),
    ],
  );
}
