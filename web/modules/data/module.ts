import { Table2 } from 'lucide-react';
import type { WebModule } from '../../app/module.ts';

/** Any model’s rows, as far as the person may see them. */
export const module: WebModule = {
  name: 'data',
  navigation: [{ label: 'Data browser', path: 'data', icon: Table2, group: 'data', order: 10 }],
  pages: [
    { path: 'data', load: () => import('./models-page.tsx') },
    { path: 'data/$collection', load: () => import('./rows-page.tsx') },
  ],
};
