import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freshDatabase, type TestDatabase } from '../../../test/support/database.ts';
import { prismaDiff } from '../../migrations/prisma-diff.ts';
import { completeSql } from '../assemble.ts';
import type { Boundary } from '../boundary.ts';
import { compileSchema } from '../compile.ts';
import { checkContext, listChecks, runChecks } from './index.ts';

// A schema that is not Lotline's: other names of tables, columns and roles.
const SCHEMA = `
datasource db {
  provider = "postgresql"
}

/// @scope tenant-root
model Studio {
  id       String @id(map: "studios_pkey") @default(dbgenerated("gen_random_uuid()")) @db.Uuid
  title    String
  bookings Booking[]
  rooms    Room[]

  @@map("studios")
}

/// @scope tenant
model Room {
  studioId String @map("studio_id") @db.Uuid
  id       String @default(dbgenerated("gen_random_uuid()")) @db.Uuid
  label    String
  studio   Studio @relation(fields: [studioId], references: [id], onUpdate: NoAction)
  bookings Booking[]

  @@id([studioId, id])
  @@map("rooms")
}

/// @scope tenant
model Booking {
  studioId String @map("studio_id") @db.Uuid
  id       String @default(dbgenerated("gen_random_uuid()")) @db.Uuid
  roomId   String @map("room_id") @db.Uuid
  studio   Studio @relation(fields: [studioId], references: [id], onUpdate: NoAction)
  room     Room   @relation(fields: [studioId, roomId], references: [studioId, id], onDelete: Restrict, onUpdate: NoAction)

  @@id([studioId, id])
  @@index([studioId, roomId])
  @@map("bookings")
}
`;

const files = [['prisma/schema.prisma', SCHEMA] as const];
const checks = await listChecks();

describe('the checks on a schema that is not Lotline’s', () => {
  let db: TestDatabase;
  let boundary: Boundary;

  beforeAll(async () => {
    db = await freshDatabase({ empty: true });
    boundary = await compileSchema(files, { prefix: 'studio' });
    const sql = completeSql(boundary, [], await prismaDiff('empty', files));
    await db.superuser.query(sql);
    await db.superuser.query('RESET ROLE');
    await db.superuser.query(
      "INSERT INTO app.context_keys VALUES (1, decode(repeat('36', 64), 'hex'), decode(repeat('5c', 64), 'hex'))",
    );
    for (const role of ['studio_app', 'studio_ingest']) {
      await db.superuser.query(`ALTER ROLE ${role} SET statement_timeout = '10s'`);
      await db.superuser.query(`ALTER ROLE ${role} SET idle_in_transaction_session_timeout = '10s'`);
    }
  });

  // Roles belong to the server, which other tests use too.
  afterAll(async () => {
    const superuser = new pg.Client(db.urls.superuser.replace(db.name, 'postgres'));
    await db.close();
    await superuser.connect();
    for (const role of Object.values(boundary.roles).filter(
      (r) => typeof r === 'string' && r.startsWith('studio_'),
    ))
      await superuser.query(`DROP ROLE IF EXISTS ${role}`);
    await superuser.end();
  });

  async function keys(sql = ''): Promise<string[]> {
    await db.superuser.query("BEGIN; SET LOCAL search_path = ''");
    try {
      if (sql) await db.superuser.query(sql);
      const { findings } = await runChecks(checks, checkContext(db.superuser, boundary));
      return findings.map((f) => f.key);
    } finally {
      await db.superuser.query('ROLLBACK');
    }
  }

  it('find nothing where it is as its boundary declares', async () => {
    expect(await keys()).toEqual([]);
  });

  it.each([
    ['row-security-disabled:rooms', 'ALTER TABLE public.rooms DISABLE ROW LEVEL SECURITY'],
    ['floor-missing:bookings studio_app', 'DROP POLICY bookings_floor ON public.bookings'],
    ['unique-without-tenant:rooms_label_key', 'CREATE UNIQUE INDEX rooms_label_key ON public.rooms (label)'],
    [
      'foreign-key-without-tenant:bookings.bookings_other_fkey',
      `CREATE UNIQUE INDEX rooms_id_key ON public.rooms (id);
        ALTER TABLE public.bookings ADD CONSTRAINT bookings_other_fkey FOREIGN KEY (room_id) REFERENCES public.rooms (id)`,
    ],
    [
      'cascade-across-tenants:bookings.bookings_other_fkey',
      `CREATE UNIQUE INDEX rooms_id_key ON public.rooms (id);
        ALTER TABLE public.bookings ADD CONSTRAINT bookings_other_fkey FOREIGN KEY (room_id) REFERENCES public.rooms (id) ON DELETE CASCADE`,
    ],
    ['role-can-become-stronger:studio_app studio_platform', 'GRANT studio_platform TO studio_app'],
    [
      'trigger-assigns-tenant:rooms.move',
      `CREATE FUNCTION app.move() RETURNS trigger LANGUAGE plpgsql SET search_path = '' AS $$ BEGIN NEW.studio_id = NULL; RETURN NEW; END $$;
        CREATE TRIGGER move BEFORE INSERT ON public.rooms FOR EACH ROW EXECUTE FUNCTION app.move()`,
    ],
    [
      'tenant-column-nullable:rooms.studio_id',
      'ALTER TABLE public.bookings DROP CONSTRAINT bookings_studio_id_room_id_fkey; ALTER TABLE public.rooms DROP CONSTRAINT rooms_pkey, ALTER COLUMN studio_id DROP NOT NULL',
    ],
  ])('find %s under the names of that schema', async (key, sql) => {
    expect(await keys(sql)).toContain(key);
  });

  it('find a table in a further schema of the boundary', async () => {
    const models = boundary.models.map((m) => (m.table === 'rooms' ? { ...m, schema: 'house' } : m));
    const moved = checkContext(db.superuser, { ...boundary, models });
    await db.superuser.query("BEGIN; SET LOCAL search_path = ''");
    try {
      await db.superuser.query(
        'CREATE SCHEMA house; ALTER TABLE public.rooms SET SCHEMA house; ALTER TABLE house.rooms NO FORCE ROW LEVEL SECURITY; GRANT USAGE ON SCHEMA house TO studio_app, studio_platform, studio_custodian',
      );
      const { findings } = await runChecks(checks, moved);
      expect(findings.map((f) => f.key)).toEqual(['row-security-not-forced:house.rooms']);
    } finally {
      await db.superuser.query('ROLLBACK');
    }
  });
});
