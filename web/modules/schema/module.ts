import { ShieldCheck, Workflow } from 'lucide-react';
import type { WebModule } from '../../app/module.ts';

/** The platform’s schema as a picture: models, relations, rules, and what proves the boundary. */
export const module: WebModule = {
  name: 'schema',
  navigation: [
    { label: 'Schema explorer', path: 'schema', icon: Workflow, group: 'data', order: 20 },
    { label: 'Isolation', path: 'isolation', icon: ShieldCheck, group: 'data', order: 30 },
  ],
  pages: [
    { path: 'schema', load: () => import('./schema-page.tsx') },
    { path: 'isolation', load: () => import('./isolation-page.tsx') },
  ],
};
