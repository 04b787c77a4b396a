import { FileText, PenLine } from 'lucide-react';
import type { WebModule } from '../../app/module.ts';

/** Pages, posts and templates, written and published. */
export const module: WebModule = {
  name: 'content',
  navigation: [
    {
      label: 'Content',
      path: 'content',
      icon: FileText,
      permission: 'content:read',
      group: 'work',
      order: 40,
    },
  ],
  pages: [
    { path: 'content', permission: 'content:read', load: () => import('./content-list-page.tsx') },
    { path: 'content/$contentId', permission: 'content:read', load: () => import('./content-page.tsx') },
  ],
  commands: [{ label: 'Write content', path: 'content?new=1', icon: PenLine, permission: 'content:write' }],
  finders: [
    {
      label: 'Content',
      icon: FileText,
      collection: 'content',
      permission: 'content:read',
      fields: ['title', 'slug'],
      title: (row) => String(row.title),
      note: (row) => String(row.slug),
      path: (row) => `content/${row.id}`,
    },
  ],
};
