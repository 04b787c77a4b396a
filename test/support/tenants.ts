import type { TestDatabase } from './database.ts';

export interface Tenant {
  readonly id: string;
  readonly owner: string;
}

let made = 0;

/** A new active person. */
export async function person(db: TestDatabase, name = 'Somebody'): Promise<string> {
  const { rows } = await db.platform.query('INSERT INTO users (email, name) VALUES ($1, $2) RETURNING id', [
    `person${made++}@example.com`,
    name,
  ]);
  return rows[0].id;
}

/** A new organization with its owner, on the STARTER trial. */
export async function tenant(db: TestDatabase): Promise<Tenant> {
  const owner = await person(db);
  const { rows } = await db.platform.query('SELECT app.create_organization($1, $2, $3) AS id', [
    'Tenant',
    `tenant-${made++}`,
    owner,
  ]);
  return { id: rows[0].id, owner };
}

/** A new person who is a member of the organization. */
export async function member(db: TestDatabase, organization: string, role = 'MEMBER'): Promise<string> {
  const id = await person(db);
  await db.platform.query(
    'INSERT INTO organization_members (organization_id, user_id, role) VALUES ($1, $2, $3)',
    [organization, id, role],
  );
  return id;
}

/** The first column of the first row of a query as the application. */
export async function ask(
  db: TestDatabase,
  context: Parameters<TestDatabase['app']>[0],
  sql: string,
  params: unknown[] = [],
): Promise<unknown> {
  const { rows } = await db.app(context, (client) =>
    client.query({ text: sql, values: params, rowMode: 'array' }),
  );
  return rows[0]?.[0];
}
