import { beforeAll, expect, it } from 'vitest';
import { settled, signIn, type Visitor, visit } from './support/browser.ts';
import { openSite, type Site } from './support/site.ts';

// From an address without an account to work of two people, and what a third, of another organization, sees of it.
const PASSWORD = 'a-fence-of-nine-rails';
let site: Site;

beforeAll(async () => {
  site = await openSite();
});

/** Fills in a form that asks for an account, then opens the link of the mail and signs in. */
async function signUp({ page }: Visitor, person: { name: string; email: string; organization?: string }) {
  await page.getByLabel('Your name').fill(person.name);
  await page.getByLabel('E-mail').fill(person.email);
  await page.getByLabel('Password', { exact: false }).first().fill(PASSWORD);
  if (person.organization) await page.getByLabel('Organization').fill(person.organization);
  await page.getByRole('button', { name: 'Create account' }).click();
  await page.getByRole('heading', { name: 'Look into your mailbox' }).waitFor();
  await page.goto(await site.linkTo(person.email, 'verify-email'));
  await page.getByRole('button', { name: 'Confirm' }).click();
  await page.getByLabel('E-mail').fill(person.email);
  await page.getByLabel('Password', { exact: false }).first().fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

it('from sign-up by an invitation to a deal, and nothing of it is seen elsewhere', async () => {
  const owner = await visit(site);
  const { page } = owner;
  await page.goto('/');
  await page.getByRole('link', { name: 'Create an account' }).click();
  await signUp(owner, {
    name: 'Tabitha Fencewright',
    email: 'tabitha@new.example',
    organization: 'Fencewright Homes',
  });
  await page.getByRole('heading', { name: 'Hello, Tabitha' }).waitFor();
  expect(new URL(page.url()).pathname).toBe('/o/fencewright-homes');

  // A colleague is invited, and accepts.
  await page.getByRole('link', { name: 'Members' }).click();
  await page.getByRole('button', { name: 'Invite' }).click();
  await page.getByLabel('E-mail').fill('alfie@new.example');
  await page.getByRole('button', { name: 'Send invitation' }).click();
  await page.getByRole('cell', { name: 'alfie@new.example' }).waitFor();
  const colleague = await visit(site);
  await colleague.page.goto(await site.linkTo('alfie@new.example', 'invitations'));
  await colleague.page.getByText('Fencewright Homes').waitFor();
  await colleague.page.getByRole('link', { name: 'Create an account' }).click();
  await signUp(colleague, { name: 'Alfie Postholder', email: 'alfie@new.example' });
  await colleague.page.waitForURL(/\/(o|welcome|invitations)/);
  if (!colleague.page.url().includes('/o/')) {
    await colleague.page.goto(await site.linkTo('alfie@new.example', 'invitations'));
    await colleague.page.getByRole('button', { name: /^Accept/ }).click();
  }
  await colleague.page.getByRole('heading', { name: 'Hello, Alfie' }).waitFor();

  // The colleague brings in a lead and makes a deal of it.
  const work = colleague.page;
  await work.getByRole('link', { name: 'Leads', exact: true }).click();
  await work.getByRole('button', { name: 'New lead' }).first().click();
  await work.getByLabel('Name').fill('Wendell Hobb');
  await work.getByLabel('E-mail').fill('wendell@example.com');
  await work.getByLabel('Budget').fill('450,000');
  await work.getByRole('button', { name: 'Add lead' }).click();
  await work.getByRole('heading', { name: 'Wendell Hobb' }).waitFor();
  await work.getByLabel('In short').fill('Called about the garden');
  await work.getByRole('button', { name: 'Write down' }).click();
  await work.getByText('Called about the garden').waitFor();
  await work.getByRole('button', { name: 'Convert to deal' }).click();
  await work.getByRole('combobox', { name: 'Stage' }).waitFor();

  // The owner moves it on the board, by keys alone, and takes it back.
  await page.goto('/o/fencewright-homes/deals');
  const card = page.getByRole('button', { name: /Wendell Hobb/ }).first();
  await card.focus();
  await page.keyboard.press('Shift+ArrowRight');
  await page.getByText('Moved to proposal').waitFor();
  await page.getByRole('region', { name: 'Proposal, 1 deals' }).waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByRole('region', { name: 'Qualified, 1 deals' }).waitFor();
  // The colleague's page follows without being asked.
  await work.getByText('Proposal').first().waitFor();

  // What one finds by name, others of the organization find; somebody of another one finds nothing.
  await page.keyboard.press('Control+k');
  await page.getByPlaceholder('A name, a page').fill('Wendell');
  await page
    .getByRole('option', { name: /Wendell Hobb/ })
    .first()
    .waitFor();
  const stranger = await visit(site);
  await signIn(stranger, site, 'philippa@oddfern.example');
  const deal = new URL(work.url()).pathname;
  for (const path of ['/o/fencewright-homes', '/o/fencewright-homes/leads', deal]) {
    await stranger.page.goto(path);
    await stranger.page.getByRole('alert').waitFor();
    expect(await stranger.page.locator('body').innerText()).not.toContain('Wendell');
  }
  await stranger.page.goto(deal.replace('fencewright-homes', 'oddfern-properties'));
  await stranger.page.getByRole('alert').waitFor();
  await stranger.page.goto('/o/oddfern-properties/leads?q=Wendell');
  await settled(stranger.page);
  await stranger.page.getByText('No lead matches').waitFor();

  expect(owner.complaints()).toEqual([]);
  expect(colleague.complaints()).toEqual([]);
}, 180_000);

it('a second factor is asked for at the next sign-in', async () => {
  const { createHmac } = await import('node:crypto');
  const visitor = await visit(site);
  const { page } = visitor;
  await signIn(visitor, site, 'humphrey@quillmarsh.example');
  await page.goto('/o/quillmarsh-realty/account');
  await page.getByLabel('Your password').fill('quill-marsh-oddfern-1');
  await page.getByRole('button', { name: 'Turn on' }).click();
  const key = await page.locator('code').first().innerText();
  const code = () => totp(key.trim(), (secret, moment) => createHmac('sha1', secret).update(moment).digest());
  await page.getByLabel('Code', { exact: false }).fill(code());
  await page.getByRole('button', { name: 'Confirm' }).click();
  await page.getByText('The second factor is on').first().waitFor();
  await page.getByRole('button', { name: 'Humphrey Dingle: account' }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.getByLabel('E-mail').fill('humphrey@quillmarsh.example');
  await page.getByLabel('Password', { exact: false }).first().fill('quill-marsh-oddfern-1');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByRole('heading', { name: 'Second step' }).waitFor();
  await page.getByLabel('Code').fill(code());
  await page.getByRole('button', { name: 'Go on' }).click();
  await page.getByRole('heading', { name: 'Hello, Humphrey' }).waitFor();
});

/** RFC 6238: six digits of a half minute. */
function totp(key: string, hmac: (secret: Buffer, moment: Buffer) => Buffer): string {
  const bits = [...key.replace(/=+$/, '')]
    .map((c) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0'))
    .join('');
  const secret = Buffer.from(bits.match(/.{8}/g)!.map((byte) => Number.parseInt(byte, 2)));
  const moment = Buffer.alloc(8);
  moment.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const digest = hmac(secret, moment);
  const at = digest.at(-1)! & 15;
  return String((digest.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}
