import {
  Building,
  CalendarDays,
  CalendarPlus,
  Handshake,
  Plus,
  Sparkles,
  UserPlus,
  Users,
} from 'lucide-react';
import type { Finder, ModulePage, WebModule } from '../../app/module.ts';
import { words } from '../../ui/format.ts';

const READ = 'crm:read';
const WRITE = 'crm:write';

const page = (path: string, load: ModulePage['load']): ModulePage => ({ path, permission: READ, load });

const finder = (
  label: string,
  icon: Finder['icon'],
  collection: string,
  title: string,
  note: string,
): Finder => ({
  label,
  icon,
  collection,
  permission: READ,
  fields: [title, note],
  title: (row) => String(row[title]),
  note: (row) => (note === 'stage' ? words(String(row.stage)) : String(row[note] ?? '')),
  path: (row) => `${collection}/${row.id}`,
});

/** The web side of the CRM. */
export const module: WebModule = {
  name: 'crm',
  navigation: [
    { label: 'Leads', path: 'leads', icon: Sparkles, permission: READ, group: 'work', order: 10 },
    { label: 'Contacts', path: 'contacts', icon: Users, permission: READ, group: 'work', order: 11 },
    { label: 'Deals', path: 'deals', icon: Handshake, permission: READ, group: 'work', order: 12 },
    { label: 'Listings', path: 'listings', icon: Building, permission: READ, group: 'work', order: 13 },
    { label: 'Calendar', path: 'calendar', icon: CalendarDays, permission: READ, group: 'work', order: 14 },
  ],
  pages: [
    page('leads', () => import('./leads/leads-page.tsx')),
    page('leads/$leadId', () => import('./leads/lead-page.tsx')),
    page('contacts', () => import('./contacts/contacts-page.tsx')),
    page('contacts/$contactId', () => import('./contacts/contact-page.tsx')),
    page('deals', () => import('./deals/board-page.tsx')),
    page('deals/list', () => import('./deals/deals-page.tsx')),
    page('deals/$dealId', () => import('./deals/deal-page.tsx')),
    page('listings', () => import('./listings/gallery-page.tsx')),
    page('listings/list', () => import('./listings/listings-page.tsx')),
    page('listings/$listingId', () => import('./listings/listing-page.tsx')),
    page('calendar', () => import('./calendar/calendar-page.tsx')),
  ],
  commands: [
    { label: 'New lead', path: 'leads?new=1', icon: Plus, permission: WRITE },
    { label: 'New contact', path: 'contacts?new=1', icon: UserPlus, permission: WRITE },
    { label: 'New deal', path: 'deals?new=1', icon: Plus, permission: WRITE },
    { label: 'New listing', path: 'listings?new=1', icon: Plus, permission: WRITE },
    { label: 'New appointment', path: 'calendar?new=1', icon: CalendarPlus, permission: WRITE },
  ],
  finders: [
    finder('Contact', Users, 'contacts', 'name', 'company'),
    finder('Lead', Sparkles, 'leads', 'name', 'email'),
    finder('Deal', Handshake, 'deals', 'title', 'stage'),
    finder('Listing', Building, 'listings', 'title', 'city'),
  ],
  panels: [
    { order: 10, width: 'full', permission: READ, load: () => import('./dashboard/figures-panel.tsx') },
    { order: 20, width: 'half', permission: READ, load: () => import('./dashboard/today-panel.tsx') },
    { order: 21, width: 'half', permission: READ, load: () => import('./dashboard/warm-leads-panel.tsx') },
  ],
};
