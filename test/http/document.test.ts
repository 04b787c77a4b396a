import { beforeAll, expect, it } from 'vitest';
import { seedSignIns } from '../../src/auth/index.ts';
import { demoPeople } from '../../src/modules/organizations/index.ts';
import { appOn, type TestApp } from '../support/app.ts';
import { demoDatabase } from '../support/demo-database.ts';
import type { Document } from './operations.ts';

const ORG = '/v1/orgs/quillmarsh-realty';
let server: TestApp;
let document: Document;
let viewer: Record<string, string>;
let owner: Record<string, string>;

beforeAll(async () => {
  const { db } = await demoDatabase();
  await seedSignIns(db.platform, demoPeople());
  server = await appOn(db);
  document = (await (await server.ask('GET', '/openapi.json')).json()) as Document;
  owner = await server.signIn('ottoline@quillmarsh.example');
  viewer = await server.signIn('mortimer@quillmarsh.example');
});

it('has both the list and the upload of files, which are of two rooms, and the stream of changes', () => {
  expect(Object.keys(document.paths['/v1/orgs/{organization}/files']!)).toEqual(
    expect.arrayContaining(['get', 'post']),
  );
  expect(document.paths['/v1/orgs/{organization}/events']).toHaveProperty('get');
});

it('takes the id of a job alone, though the path names the organization too: 404 for an unknown one', async () => {
  const answer = await server.ask('GET', `${ORG}/jobs/${crypto.randomUUID()}`, { headers: owner });
  expect(answer.status).toBe(404);
});

it.each([
  ['prefer', 'valueOf', 201],
  ['prefer', 'constructor=1', 201],
  ['accept', 'constructor', 201],
])('takes no name that every object has for one of its own: %s: %s', async (name, value, status) => {
  const answer = await server.ask('POST', `${ORG}/data/contacts`, {
    headers: { ...owner, [name]: value },
    body: { name: 'Somebody' },
  });
  expect(answer.status).toBe(status);
  const list = await server.ask('GET', `${ORG}/data/contacts?limit=1`, {
    headers: { ...owner, [name]: value },
  });
  expect(list.status).toBe(name === 'accept' ? 406 : 200);
});

it('asks for the permission before it reads the input: 403, not 422', async () => {
  const answer = await server.ask('POST', `${ORG}/keys`, { headers: viewer, body: { nonsense: true } });
  expect([answer.status, await answer.json()]).toMatchObject([403, { code: 'PERMISSION_MISSING' }]);
});
