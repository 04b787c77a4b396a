import { expect, it } from 'vitest';
import { barriers, overflow, settled, signIn, type Visitor, visit } from './browser.ts';
import { openSite, type Site } from './site.ts';

const ORG = '/o/quillmarsh-realty';
/** Where a record of the demo for a parameter of an address is found. */
const RECORDS: Readonly<Record<string, string>> = {
  contactId: 'contacts',
  leadId: 'leads',
  dealId: 'deals',
  listingId: 'listings',
  loopId: 'transaction-loops',
  projectId: 'projects',
  contentId: 'content',
};
const OUTSIDE = [
  '/sign-in',
  '/sign-up',
  '/forgot-password',
  '/reset-password?token=x',
  '/verify-email?token=x',
];
const STAFF = ['/platform', '/platform/people', '/platform/flags', '/platform/alerts', '/platform/metrics'];
/** Pages with something opened on them. */
const OPENED = [
  `${ORG}/contacts?new=1`,
  `${ORG}/calendar?new=1`,
  `${ORG}/members?invite=1`,
  `${ORG}/schema?module=crm&model=Deal`,
  `${ORG}/contacts?q=nobody-is-called-that`,
];

/** Opens every page there is, in a window of this width: without complaint of the console, without barrier, nothing cut off. */
export function everyPage(width: number, colorScheme: 'light' | 'dark'): void {
  it(`shows every page ${width} px wide, ${colorScheme}`, async () => {
    const site = await openSite();
    const faults: string[] = [];
    const look = async (visitor: Visitor, path: string) => {
      await visitor.page.goto(path);
      await settled(visitor.page);
      const wider = await overflow(visitor.page);
      faults.push(
        ...visitor.complaints().map((text) => `${path} console: ${text}`),
        ...(await barriers(visitor.page)).map((text) => `${path} ${text}`),
        ...(wider > 0 ? [`${path} is ${wider} px wider than the window`] : []),
      );
    };
    const options = { viewport: { width, height: 800 }, colorScheme };
    const stranger = await visit(site, options);
    for (const path of OUTSIDE) await look(stranger, path);
    const owner = await visit(site, options);
    await signIn(owner, site, 'ottoline@quillmarsh.example');
    for (const path of [...(await pagesOf(site, owner)), ...OPENED]) await look(owner, path);
    const staff = await visit(site, options);
    await signIn(staff, site, 'rowena@lotline.example');
    for (const path of STAFF) await look(staff, path);
    expect(faults).toEqual([]);
  }, 300_000);
}

interface Registered {
  readonly modules: readonly { readonly pages: readonly { readonly path: string }[] }[];
}

/** What the modules register, with a record of the demo wherever an address names one. */
async function pagesOf(site: Site, { page }: Visitor): Promise<string[]> {
  // By a name that the compiler does not follow: the application has types of its own.
  const registry = '../../../web/app/modules.ts';
  const { modules } = (await import(registry)) as Registered;
  const paths = ['', 'account', ...modules.flatMap((m) => m.pages.map((p) => p.path))];
  return Promise.all(
    paths.map(async (path) => {
      const [, name] = /\$(\w+)/.exec(path) ?? [];
      if (!name) return `${ORG}/${path}`.replace(/\/$/, '');
      if (name === 'collection') return `${ORG}/${path.replace('$collection', 'activities')}`;
      const list = RECORDS[name];
      if (!list) throw new Error(`Say where a record for $${name} is found.`);
      const answer = await page.request.get(`${site.url}/v1/orgs/quillmarsh-realty/data/${list}?limit=1`);
      const { data } = (await answer.json()) as { data: { id: string }[] };
      return `${ORG}/${path.replace(`$${name}`, data[0]!.id)}`;
    }),
  );
}
