import { createHash } from 'node:crypto';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  eraseTenant,
  exportTenant,
  importTenant,
  type Manifest,
  previewErase,
} from '../../src/tenancy/lifecycle/index.ts';
import { type DemoDatabase, demoDatabase, othersThan, testFolder } from '../support/demo-database.ts';

type Writable<T> = { -readonly [K in keyof T]: Writable<T[K]> };

describe('an import that is refused', () => {
  const folder = testFolder();
  let demo: DemoDatabase;
  let others: Record<string, string>;
  let copy: string;
  let copies = 0;

  beforeAll(async () => {
    demo = await demoDatabase();
    await exportTenant(demo.lifecycle, demo.ours, join(folder, 'whole'), 'test');
    await eraseTenant(
      demo.lifecycle,
      demo.ours,
      (await previewErase(demo.lifecycle, demo.ours)).token,
      'test',
    );
    others = await othersThan(demo.db.platform, demo.ours);
  });

  beforeEach(() => {
    copies += 1;
    copy = join(folder, `copy-${copies}`);
    cpSync(join(folder, 'whole'), copy, { recursive: true });
  });

  const edit = (file: string, change: (text: string) => string) =>
    writeFileSync(join(copy, file), change(readFileSync(join(copy, file), 'utf8')));
  const editManifest = (change: (manifest: Writable<Manifest>) => void) =>
    edit('manifest.json', (text) => {
      const manifest = JSON.parse(text) as Writable<Manifest>;
      change(manifest);
      return JSON.stringify(manifest);
    });
  const refused = async (code: string, naming: string) => {
    await expect(importTenant(demo.lifecycle, copy, 'test')).rejects.toMatchObject({
      code,
      message: expect.stringContaining(naming),
    });
    const { rows } = await demo.db.platform.query('SELECT FROM organizations WHERE id = $1', [demo.ours]);
    expect(rows).toEqual([]);
    expect(await othersThan(demo.db.platform, demo.ours)).toEqual(others);
  };

  /** While the database is another one; mended whatever happens. */
  const meanwhile = async (change: string, mend: string, work: () => Promise<unknown>) => {
    await demo.db.superuser.query(change);
    try {
      others = await othersThan(demo.db.platform, demo.ours);
      await work();
    } finally {
      await demo.db.superuser.query(mend);
      others = await othersThan(demo.db.platform, demo.ours);
    }
  };

  it('names the file whose content was changed', async () => {
    edit('leads.ndjson', (text) => text.replace(/"name":"./, '"name":"?'));
    await refused('EXPORT_INVALID', 'leads.ndjson');
  });

  it('names the file that is not there', async () => {
    editManifest((m) => {
      m.tables[3]!.file = 'gone.ndjson';
    });
    await refused('EXPORT_INVALID', 'gone.ndjson');
  });

  it('reads no file outside the export', async () => {
    editManifest((m) => {
      m.tables[3]!.file = '../../etc/passwd';
    });
    await refused('EXPORT_INVALID', 'wrongly');
  });

  it('takes no rows of another tenant, whatever hashes the manifest claims', async () => {
    // An attacker who writes the hashes anew is left with what the database admits.
    edit('leads.ndjson', (text) => text.replaceAll(demo.ours, demo.theirs));
    const bytes = readFileSync(join(copy, 'leads.ndjson'));
    editManifest((m) => {
      const leads = m.tables.find((t) => t.table === 'leads')!;
      leads.sha256 = createHash('sha256').update(bytes).digest('hex');
    });
    await refused('CONTEXT_REFUSED', 'row-level security');
  });

  it('names what differs between the schemas', async () => {
    await meanwhile(
      'ALTER TABLE leads ADD COLUMN shoe_size smallint',
      'ALTER TABLE leads DROP COLUMN shoe_size',
      () => refused('IMPORT_SCHEMA_DIFFERS', 'leads.shoe_size is not in the export'),
    );
    editManifest((m) => {
      const leads = m.tables.find((t) => t.table === 'leads')!;
      leads.columns[2]!.type = 'bytea';
      m.tables = m.tables.filter((t) => t.table !== 'tasks');
    });
    await refused('IMPORT_SCHEMA_DIFFERS', 'leads.name is text here, bytea in the export');
    await refused('IMPORT_SCHEMA_DIFFERS', 'tasks is not in the export');
  });

  it('does not take away the address of another organization', () =>
    meanwhile(
      `UPDATE organizations SET slug = 'oddfern-properties' WHERE slug = 'quillmarsh-realty'`,
      `UPDATE organizations SET slug = 'quillmarsh-realty' WHERE slug = 'oddfern-properties'`,
      () => refused('TENANT_CONFLICT', 'organizations_slug_key'),
    ));

  it('does not take over the account of somebody with the same e-mail', () =>
    meanwhile(
      `INSERT INTO users (email) VALUES ('hester@oddfern.example')`,
      `DELETE FROM users WHERE email = 'hester@oddfern.example'`,
      () => refused('TENANT_CONFLICT', 'users_email_key'),
    ));

  const editPeople = (change: (people: Record<string, unknown>[]) => Record<string, unknown>[]) => {
    const file = 'references/users.ndjson';
    let rows = 0;
    edit(file, (text) => {
      const people = change(
        text
          .trimEnd()
          .split('\n')
          .map((line) => JSON.parse(line)),
      );
      rows = people.length;
      return people.map((p) => `${JSON.stringify(p)}\n`).join('');
    });
    editManifest((m) => {
      const users = m.tables.find((t) => t.file === file)!;
      const bytes = readFileSync(join(copy, file));
      Object.assign(users, {
        rows,
        bytes: bytes.length,
        sha256: createHash('sha256').update(bytes).digest('hex'),
      });
    });
  };

  it('makes no account to which no row of the tenant refers', async () => {
    editPeople((people) => [
      ...people,
      { ...people[0], id: demo.theirs, email: 'slipped@in.example', auth_subject: null },
    ]);
    await refused('IMPORT_DIFFERS', 'users (');
  });

  it('needs the published tools that the rows refer to', async () => {
    edit('references/marketplace_tools.ndjson', (text) =>
      text.replace(/"id":"[^"]+"/, `"id":"${demo.ours}"`),
    );
    const bytes = readFileSync(join(copy, 'references/marketplace_tools.ndjson'));
    editManifest((m) => {
      const tools = m.tables.find((t) => t.file.startsWith('references/marketplace_tools'))!;
      tools.sha256 = createHash('sha256').update(bytes).digest('hex');
    });
    await refused('IMPORT_REFERENCE_MISSING', '1 rows of marketplace_tools');
  });

  it('finds a trigger that changes what is written', () =>
    meanwhile(
      `CREATE FUNCTION stamp() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.updated_at := now(); RETURN NEW; END $$;
       CREATE TRIGGER stamp BEFORE INSERT ON contacts FOR EACH ROW EXECUTE FUNCTION stamp()`,
      'DROP FUNCTION stamp CASCADE',
      () => refused('IMPORT_DIFFERS', 'contacts (other content)'),
    ));

  it('finds rows that a trigger adds', () =>
    meanwhile(
      `CREATE FUNCTION add() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN
         INSERT INTO public.leads (organization_id, name) VALUES (NEW.organization_id, 'added'); RETURN NULL; END $$;
       CREATE TRIGGER add AFTER INSERT ON tasks FOR EACH ROW EXECUTE FUNCTION add()`,
      'DROP FUNCTION add CASCADE',
      () => refused('IMPORT_DIFFERS', 'leads (46 rows, not 30)'),
    ));

  it('spares the declared triggers: with their condition gone, they stand in the way', () =>
    meanwhile(
      `CREATE TRIGGER again BEFORE INSERT ON marketplace_purchases FOR EACH ROW EXECUTE FUNCTION app.check_item_on_sale()`,
      'DROP TRIGGER again ON marketplace_purchases',
      async () => {
        await expect(importTenant(demo.lifecycle, copy, 'test')).rejects.toBeDefined();
        expect(await othersThan(demo.db.platform, demo.ours)).toEqual(others);
      },
    ));

  it('makes nobody an administrator of the platform, and leaves those who are there as they are', async () => {
    const roles = async () =>
      (await demo.db.platform.query('SELECT id, role::text, is_active AS active FROM users')).rows;
    const before = await roles();
    editPeople((people) =>
      people.map((p, i) => ({ ...p, role: 'SUPER_ADMIN', is_active: i > 0, name: 'Forged' })),
    );
    await importTenant(demo.lifecycle, copy, 'test');
    const after = await roles();
    expect(after).toEqual(expect.arrayContaining(before));
    const made = after.filter((u) => !before.some((b) => b.id === u.id));
    expect(made.length).toBeGreaterThan(3);
    expect(new Set(made.map((u) => u.role))).toEqual(new Set(['EMPLOYEE']));
    const { token } = await previewErase(demo.lifecycle, demo.ours);
    await eraseTenant(demo.lifecycle, demo.ours, token, 'test');
  });

  it('leaves the database able to take the export afterwards, once', async () => {
    const imported = await importTenant(demo.lifecycle, copy, 'test');
    expect(imported.rows).toBeGreaterThan(600);
    await expect(importTenant(demo.lifecycle, copy, 'test')).rejects.toMatchObject({ code: 'TENANT_EXISTS' });
  });
});
