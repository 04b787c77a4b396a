import { ListChecks } from 'lucide-react';
import type { WebModule } from '../../app/module.ts';

/** The web side of background work. */
export const module: WebModule = {
  name: 'jobs',
  navigation: [
    {
      label: 'Background jobs',
      path: 'jobs',
      icon: ListChecks,
      permission: 'jobs:read',
      group: 'organization',
      order: 45,
    },
  ],
  pages: [{ path: 'jobs', permission: 'jobs:read', load: () => import('./jobs-page.tsx') }],
};
