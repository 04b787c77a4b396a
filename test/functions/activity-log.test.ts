import { describe, expect, it } from 'vitest';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { testServers } from '../support/server.ts';
import { ask, member, person, tenant } from '../support/tenants.ts';

interface Entry {
  action: string;
  resource_type: string;
  resource_id: string;
  user_id: string | null;
  old_data: object | null;
  new_data: object | null;
  ip_address: string | null;
  user_agent: string | null;
}

async function entries(db: TestDatabase, organization: string, action = '%'): Promise<Entry[]> {
  const { rows } = await db.platform.query(
    'SELECT * FROM activity_logs WHERE organization_id = $1 AND action LIKE $2 ORDER BY created_at, action, id',
    [organization, action],
  );
  return rows;
}

describe.each(testServers())('the activity log on PostgreSQL $version', async (server) => {
  const db = await freshDatabase({ server });
  const contact = 'INSERT INTO contacts (name, email, tags) VALUES ($1, $2, $3) RETURNING id';

  it('keeps who created, changed and deleted a record, with the changed columns alone', async () => {
    const { id, owner } = await tenant(db);
    const who = { organization: id, user: owner, role: 'OWNER' };
    const made = await ask(db, who, contact, ['Ada', 'ada@example.com', ['vip']]);
    await ask(db, who, "UPDATE contacts SET name = 'Grace', updated_at = now() WHERE id = $1", [made]);
    await ask(db, who, 'DELETE FROM contacts WHERE id = $1', [made]);

    const [created, updated, deleted] = await entries(db, id);
    expect(created).toMatchObject({
      action: 'contacts.create',
      resource_type: 'contact',
      resource_id: made,
      user_id: owner,
      old_data: null,
      new_data: { name: 'Ada', email: 'ada@example.com', tags: ['vip'] },
      ip_address: null,
    });
    for (const left of ['id', 'organization_id', 'created_at', 'updated_at', 'phone'])
      expect(created!.new_data).not.toHaveProperty(left);
    expect(updated).toMatchObject({ action: 'contacts.update', resource_id: made });
    expect(updated!.old_data).toEqual({ name: 'Ada' });
    expect(updated!.new_data).toEqual({ name: 'Grace' });
    expect(deleted).toMatchObject({ action: 'contacts.delete', old_data: { name: 'Grace' }, new_data: null });
    expect(await entries(db, id)).toHaveLength(3);
  });

  it('keeps nothing of an update that changes nothing, of one that meets no row, and of a transaction rolled back', async () => {
    const { id, owner } = await tenant(db);
    const who = { organization: id, user: owner };
    await ask(db, who, contact, ['Ada', null, []]);
    await ask(db, who, 'UPDATE contacts SET name = name, updated_at = clock_timestamp()');
    await ask(db, who, "UPDATE contacts SET name = 'B' WHERE name = 'nobody'");
    await ask(db, who, "DELETE FROM contacts WHERE name = 'nobody'");
    const failed = db.app(who, async (client) => {
      await client.query("UPDATE contacts SET name = 'C'");
      throw new Error('rolled back');
    });
    await expect(failed).rejects.toThrow('rolled back');
    expect((await entries(db, id)).map((e) => e.action)).toEqual(['contacts.create']);
  });

  it('writes one entry for each row of a statement, and for rows that a foreign key takes along', async () => {
    const { id, owner } = await tenant(db);
    const who = { organization: id, user: owner };
    await ask(db, who, "INSERT INTO contacts (name) SELECT 'C' || i FROM generate_series(1, 120) i");
    await ask(db, who, "UPDATE contacts SET name = name || '!' WHERE name LIKE 'C1%'");
    expect(await entries(db, id, 'contacts.create')).toHaveLength(120);
    expect(await entries(db, id, 'contacts.update')).toHaveLength(32);
    const project = await ask(
      db,
      who,
      'INSERT INTO projects (name, project_manager_id) VALUES ($1, $2) RETURNING id',
      ['P', owner],
    );
    await ask(
      db,
      who,
      'INSERT INTO tasks (project_id, title, created_by_id) SELECT $1::uuid, $2 || i, $3::uuid FROM generate_series(1, 3) i',
      [project, 'T', owner],
    );
    await ask(db, who, 'DELETE FROM projects');
    const gone = await entries(db, id, '%.delete');
    expect(gone.map((e) => e.action).sort()).toEqual(['projects.delete', ...Array(3).fill('tasks.delete')]);
    expect(gone.every((e) => e.user_id === owner)).toBe(true);
  });

  it('tells the insert and the update of an upsert apart', async () => {
    const { id, owner } = await tenant(db);
    const who = { organization: id, user: owner };
    const made = await ask(db, who, contact, ['Ada', null, []]);
    await ask(
      db,
      who,
      `INSERT INTO contacts (id, name) VALUES ($1, 'Ada L.'), (app.uuid_v7(), 'Bea')
       ON CONFLICT (organization_id, id) DO UPDATE SET name = excluded.name`,
      [made],
    );
    const later = (await entries(db, id)).slice(1);
    expect(later.map((e) => [e.action, e.new_data])).toEqual([
      ['contacts.create', expect.objectContaining({ name: 'Bea' })],
      ['contacts.update', { name: 'Ada L.' }],
    ]);
  });

  it('names a change of the key by both keys', async () => {
    const { id, owner } = await tenant(db);
    const who = { organization: id, user: owner };
    const made = await ask(db, who, contact, ['Ada', null, []]);
    await ask(db, who, 'UPDATE contacts SET id = app.uuid_v7()');
    const moved = await entries(db, id, 'contacts.update');
    expect(moved).toHaveLength(2);
    expect(moved.find((e) => e.resource_id === made)).toMatchObject({
      old_data: { name: 'Ada' },
      new_data: null,
    });
    expect(moved.find((e) => e.resource_id !== made)).toMatchObject({
      old_data: null,
      new_data: { name: 'Ada' },
    });
  });

  it('names a membership by its person and the organization by itself', async () => {
    const { id, owner } = await tenant(db);
    const other = await member(db, id);
    const who = { organization: id, user: owner, role: 'OWNER' };
    await ask(db, who, "UPDATE organization_members SET role = 'ADMIN' WHERE user_id = $1", [other]);
    await ask(db, who, "UPDATE organizations SET name = 'Renamed'");
    const [member_, organization] = await entries(db, id);
    expect(member_).toMatchObject({
      action: 'organization_members.update',
      resource_id: other,
      user_id: owner,
      new_data: { role: 'ADMIN' },
    });
    expect(organization).toMatchObject({
      action: 'organizations.update',
      resource_id: id,
      new_data: { name: 'Renamed' },
    });
  });

  it('keeps nulls within an object, and those that an update leaves', async () => {
    const { id, owner } = await tenant(db);
    const who = { organization: id, user: owner };
    const fields = { choice: null, nested: { empty: null } };
    await ask(db, who, "INSERT INTO leads (name, custom_fields) VALUES ('L', $1)", [fields]);
    expect((await entries(db, id))[0]!.new_data).toMatchObject({ name: 'L', custom_fields: fields });
    const long = { ...fields, text: 'x'.repeat(1000), more: 'y'.repeat(1200) };
    await ask(db, who, "INSERT INTO leads (name, notes, custom_fields) VALUES ('M', $1, $2)", [
      'n'.repeat(1900),
      { choice: null },
    ]);
    await ask(db, who, "INSERT INTO leads (name, custom_fields) VALUES ('N', $1)", [long]);
    const created = await entries(db, id, 'leads.create');
    expect(created[1]!.new_data).toMatchObject({ notes: 'n'.repeat(1900), custom_fields: { choice: null } });
    expect(created[2]!.new_data).toMatchObject({ custom_fields: { omitted_bytes: expect.any(Number) } });
    const made = await ask(db, who, contact, ['Ada', 'ada@example.com', []]);
    await ask(db, who, 'UPDATE contacts SET email = NULL WHERE id = $1', [made]);
    const updated = await entries(db, id, 'contacts.update');
    expect(updated[0]).toMatchObject({ old_data: { email: 'ada@example.com' }, new_data: { email: null } });
  });

  it('gives the length in place of a value over 2 KB, and no value of a column of secrets', async () => {
    const { id, owner } = await tenant(db);
    const who = { organization: id, user: owner };
    await ask(db, who, 'INSERT INTO contacts (name, notes) VALUES ($1, $2)', ['Ada', 'n'.repeat(3000)]);
    const [created] = await entries(db, id);
    expect(created!.new_data).toMatchObject({ name: 'Ada', notes: { omitted_bytes: 3002 } });
    const { rows } = await db.owner.query(
      `SELECT tgargs FROM pg_trigger WHERE tgname = 'record_update' AND tgrelid = 'document_signatures'::regclass`,
    );
    expect(rows[0].tgargs.toString().split('\0')).toContain('signature_data');
  });

  it('keeps the action alone where only some of the organization read the rows, and nothing of personal ones', async () => {
    const { id, owner } = await tenant(db);
    const other = await member(db, id);
    const who = { organization: id, user: owner, role: 'OWNER' };
    const made = await ask(
      db,
      who,
      `INSERT INTO reid_roi_simulations (user_id, name, inputs, results, calculated_at, calculation_version)
       VALUES ($1, 'Secret plan', '{}', '{}', now(), '1') RETURNING id`,
      [owner],
    );
    await ask(db, who, "UPDATE reid_roi_simulations SET name = 'Secret'");
    await ask(db, who, "SELECT app.notify($1, 'INFO', 'Hello', 'World')", [other]);
    const expected = { resource_type: 'reid_roi_simulation', resource_id: made, user_id: owner };
    expect(await entries(db, id)).toEqual([
      expect.objectContaining({
        ...expected,
        action: 'reid_roi_simulations.create',
        old_data: null,
        new_data: null,
      }),
      expect.objectContaining({
        ...expected,
        action: 'reid_roi_simulations.update',
        old_data: null,
        new_data: null,
      }),
    ]);
  });

  it('keeps nothing of work without an organization and of the platform', async () => {
    const { id, owner } = await tenant(db);
    await db.platform.query("INSERT INTO contacts (organization_id, name) VALUES ($1, 'Ada')", [id]);
    await db.platform.query("UPDATE subscriptions SET tier = 'GROWTH' WHERE organization_id = $1", [id]);
    await ask(db, { user: owner } as never, 'SELECT app.create_organization($1, $2, $3)', [
      'Mine',
      `mine-${id}`,
      owner,
    ]);
    const { rows } = await db.platform.query(
      'SELECT FROM activity_logs WHERE user_id = $1 OR organization_id = $2',
      [owner, id],
    );
    expect(rows).toEqual([]);
  });

  it('names nobody for the work of the system and for somebody who is no member', async () => {
    const { id } = await tenant(db);
    await ask(db, { organization: id }, contact, ['Ada', null, []]);
    await ask(db, { organization: id, user: await person(db) }, contact, ['Bea', null, []]);
    expect((await entries(db, id)).map((e) => e.user_id)).toEqual([null, null]);
  });

  it('keeps from where, and null for what is no address', async () => {
    const { id, owner } = await tenant(db);
    const who = { organization: id, user: owner };
    const from = (origin: string) =>
      db.app(who, async (client) => {
        await client.query("SELECT set_config('app.origin', $1, true)", [origin]);
        await client.query(contact, ['Ada', null, []]);
      });
    await from(JSON.stringify({ ipAddress: '2001:db8::1', userAgent: 'x'.repeat(1200) }));
    await from(JSON.stringify({ ipAddress: 'nonsense', userAgent: 'curl' }));
    await from('{broken');
    expect((await entries(db, id)).map((e) => [e.ip_address, e.user_agent])).toEqual([
      ['2001:db8::1', 'x'.repeat(1000)],
      [null, 'curl'],
      [null, null],
    ]);
  });

  it('refuses to be rewritten, also by the platform', async () => {
    const { id, owner } = await tenant(db);
    const who = { organization: id, user: owner, role: 'OWNER' };
    await ask(db, who, contact, ['Ada', null, []]);
    for (const sql of ["UPDATE activity_logs SET action = 'x'", 'DELETE FROM activity_logs']) {
      await expect(ask(db, who, sql)).rejects.toThrow(/permission denied/);
      await expect(db.platform.query(sql)).rejects.toThrow(/permission denied/);
    }
    await expect(ask(db, who, 'ALTER TABLE contacts DISABLE TRIGGER record_insert')).rejects.toThrow(
      /must be owner/,
    );
  });

  it('goes with an organization that is deleted', async () => {
    const { id, owner } = await tenant(db);
    const who = { organization: id, user: owner };
    await ask(db, who, contact, ['Ada', null, []]);
    await db.platform.query('DELETE FROM organizations WHERE id = $1', [id]);
    expect(await entries(db, id)).toEqual([]);
  });
});
