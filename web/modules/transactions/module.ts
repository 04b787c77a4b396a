import { FileSignature, Plus } from 'lucide-react';
import type { WebModule } from '../../app/module.ts';

/** Transactions from the offer to the keys. */
export const module: WebModule = {
  name: 'transactions',
  navigation: [
    {
      label: 'Transactions',
      path: 'transactions',
      icon: FileSignature,
      permission: 'transactions:read',
      group: 'work',
      order: 20,
    },
  ],
  pages: [
    { path: 'transactions', permission: 'transactions:read', load: () => import('./loops-page.tsx') },
    { path: 'transactions/$loopId', permission: 'transactions:read', load: () => import('./loop-page.tsx') },
  ],
  commands: [
    { label: 'New transaction', path: 'transactions?new=1', icon: Plus, permission: 'transactions:write' },
  ],
  finders: [
    {
      label: 'Transaction',
      icon: FileSignature,
      collection: 'transaction-loops',
      permission: 'transactions:read',
      fields: ['propertyAddress', 'status'],
      title: (row) => String(row.propertyAddress),
      path: (row) => `transactions/${row.id}`,
    },
  ],
  panels: [
    { order: 31, width: 'half', permission: 'transactions:read', load: () => import('./closings-panel.tsx') },
  ],
};
