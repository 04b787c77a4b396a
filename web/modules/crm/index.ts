import { UserPlus, Users } from 'lucide-react';
import type { WebModule } from '../../app/module.ts';

export const module: WebModule = {
  name: 'crm',
  navigation: [
    { label: 'Contacts', path: 'contacts', icon: Users, permission: 'crm:read', group: 'work', order: 10 },
  ],
  pages: [
    { path: 'contacts', permission: 'crm:read', load: () => import('./contacts/contacts-page.tsx') },
    {
      path: 'contacts/$contactId',
      permission: 'crm:read',
      load: () => import('./contacts/contact-page.tsx'),
    },
  ],
  commands: [{ label: 'New contact', path: 'contacts?new=1', icon: UserPlus, permission: 'crm:write' }],
  finders: [
    {
      label: 'Contact',
      icon: Users,
      collection: 'contacts',
      permission: 'crm:read',
      fields: ['name', 'company'],
      title: (row) => String(row.name),
      note: (row) => String(row.company ?? ''),
      path: (row) => `contacts/${row.id}`,
    },
  ],
};
