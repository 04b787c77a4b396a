import { beforeAll, expect, it } from 'vitest';
import { DEMO_PASSWORD } from '../../src/auth/index.ts';
import { drafted, settled, signIn, type Visitor, visit } from './support/browser.ts';
import { openSite, type Site } from './support/site.ts';

// What happens to typed text and to people when network, server, session or a colleague get in the way.
const ORG = '/o/quillmarsh-realty';
let site: Site;

beforeAll(async () => {
  site = await openSite();
});

async function onNewContact(email = 'ottoline@quillmarsh.example'): Promise<Visitor> {
  const visitor = await visit(site);
  await signIn(visitor, site, email);
  await visitor.page.goto(`${ORG}/contacts?new=1`);
  await visitor.page.getByLabel('Name').fill('Basil Thornapple');
  await visitor.page.getByLabel('Phone').fill('+1 512 555 0199');
  return visitor;
}

it('offline: it says so, keeps what was typed, and saves when the network is back', async () => {
  const { page } = await onNewContact();
  await page.context().setOffline(true);
  await page.getByText('You are offline. What you type is kept').waitFor();
  await page.getByRole('button', { name: 'Add contact' }).click();
  await page.getByRole('alert').filter({ hasText: 'You are offline.' }).waitFor();
  expect(await page.getByLabel('Name').inputValue()).toBe('Basil Thornapple');
  await page.context().setOffline(false);
  await page.getByText('You are offline. What you type is kept').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Add contact' }).click();
  await page.getByRole('heading', { name: 'Basil Thornapple' }).waitFor();
});

it('a restart of the server: it says so, recovers by itself, and a reload keeps the draft', async () => {
  const { page } = await onNewContact();
  await drafted(page);
  await site.stop();
  await page.getByRole('button', { name: 'Add contact' }).click();
  await page.getByText('The server does not answer. Trying again').waitFor();
  await site.start();
  await page.getByText('The server does not answer. Trying again').waitFor({ state: 'detached' });
  await page.reload();
  await page.getByLabel('Name').waitFor();
  expect(await page.getByLabel('Name').inputValue()).toBe('Basil Thornapple');
  expect(await page.getByLabel('Phone').inputValue()).toBe('+1 512 555 0199');
  await page.getByRole('button', { name: 'Add contact' }).click();
  await page.getByRole('heading', { name: 'Basil Thornapple' }).waitFor();
  const { rows } = await site.db.platform.query(
    "SELECT count(*)::int AS count FROM contacts WHERE name = 'Basil Thornapple'",
  );
  // One of the test before, one of this.
  expect(rows[0].count).toBe(2);
});

it('an expired session: sign in again over the page, and what was typed is still there', async () => {
  const { page } = await onNewContact('clementine@quillmarsh.example');
  await page.context().clearCookies();
  await page.getByRole('button', { name: 'Add contact' }).click();
  const again = page.getByRole('dialog', { name: 'Your session has ended' });
  await again.getByLabel('Password', { exact: false }).first().fill(DEMO_PASSWORD);
  await again.getByRole('button', { name: 'Sign in' }).click();
  await again.waitFor({ state: 'detached' });
  expect(await page.getByLabel('Name').inputValue()).toBe('Basil Thornapple');
  await page.getByRole('button', { name: 'Add contact' }).click();
  await page.getByRole('heading', { name: 'Basil Thornapple' }).waitFor();
});

it('signing out: what was typed is not there for who sits down next', async () => {
  const visitor = await onNewContact('barnaby@quillmarsh.example');
  const { page } = visitor;
  await drafted(page);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Barnaby Marsh: account' }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  await signIn(visitor, site, 'clementine@quillmarsh.example');
  await page.goto(`${ORG}/contacts?new=1`);
  await page.getByLabel('Name').waitFor();
  expect(await page.getByLabel('Name').inputValue()).toBe('');
});

it('a slow network: shapes stand in for what is loaded, and the page works when it is there', async () => {
  const visitor = await visit(site);
  const { page } = visitor;
  await signIn(visitor, site, 'ottoline@quillmarsh.example');
  const held: (() => void)[] = [];
  await page.route('**/data/contacts?**', async (route) => {
    await new Promise<void>((go) => held.push(go));
    await route.continue();
  });
  await page.goto(`${ORG}/contacts`);
  await page.getByRole('status', { name: 'Loading' }).waitFor();
  await page.getByRole('heading', { name: 'Contacts' }).waitFor();
  for (const go of held) go();
  await page.getByRole('grid', { name: 'Contacts' }).waitFor();
});

it('two tabs editing one record: both keep theirs, and the second decides about the field that both changed', async () => {
  const { rows } = await site.db.platform.query(
    "SELECT id FROM contacts WHERE organization_id = (SELECT id FROM organizations WHERE slug = 'quillmarsh-realty') ORDER BY name LIMIT 1",
  );
  const tabs = [await visit(site), await visit(site)];
  for (const tab of tabs) {
    await signIn(tab, site, 'ottoline@quillmarsh.example');
    await tab.page.goto(`${ORG}/contacts/${rows[0].id}`);
    await tab.page.getByRole('button', { name: 'Change', exact: true }).click();
  }
  const [first, second] = tabs.map((tab) => tab.page) as [Visitor['page'], Visitor['page']];
  await second.getByLabel('Company').fill('Second Title');
  await second.getByLabel('Position').fill('Partner');
  await first.getByLabel('Company').fill('First Title');
  await first.getByLabel('Phone').fill('+1 512 555 0123');
  await first.getByRole('button', { name: 'Save' }).click();
  await first.getByRole('dialog').waitFor({ state: 'detached' });

  // The other tab hears of it while it is typed into: it takes what it had not touched and asks about the rest.
  const told = second.getByRole('alert', { name: 'Changed elsewhere' });
  await told.waitFor();
  expect(await told.innerText()).toContain('First Title');
  expect(await second.getByLabel('Company').inputValue()).toBe('Second Title');
  expect(await second.getByLabel('Phone').inputValue()).toBe('+15125550123');
  expect(await second.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true);
  await told.getByRole('button', { name: 'Keep mine' }).click();
  await second.getByRole('button', { name: 'Save' }).click();
  await second.getByRole('dialog').waitFor({ state: 'detached' });
  const after = await site.db.platform.query('SELECT company, position, phone FROM contacts WHERE id = $1', [
    rows[0].id,
  ]);
  expect(after.rows).toEqual([{ company: 'Second Title', position: 'Partner', phone: '+15125550123' }]);
});

it('what the server refuses stands at its field, and nothing typed is lost', async () => {
  const { page } = await onNewContact();
  await page.getByLabel('E-mail').fill('no address');
  await page.getByRole('button', { name: 'Add contact' }).click();
  const field = page.getByLabel('E-mail');
  await page.locator('[aria-invalid="true"]').waitFor();
  expect(await field.getAttribute('aria-invalid')).toBe('true');
  expect(await page.getByLabel('Name').inputValue()).toBe('Basil Thornapple');
  await field.fill('basil@example.com');
  await page.getByRole('button', { name: 'Add contact' }).click();
  await page.getByRole('heading', { name: 'Basil Thornapple' }).waitFor();
});

it('an error page says what happened and tries again', async () => {
  const visitor = await visit(site);
  const { page } = visitor;
  await signIn(visitor, site, 'ottoline@quillmarsh.example');
  await page.route('**/deals/board', (route) => route.fulfill({ status: 500, body: '{}' }));
  await page.goto(`${ORG}/deals`);
  await page.getByRole('alert').getByText('The server answered 500.').waitFor();
  await page.unroute('**/deals/board');
  await page.getByRole('button', { name: 'Try again' }).click();
  await settled(page);
  await page.getByRole('region', { name: /^Proposal/ }).waitFor();
});
