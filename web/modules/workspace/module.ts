import { Bell, ListTodo, Plus } from 'lucide-react';
import type { WebModule } from '../../app/module.ts';

/** Projects with their tasks, and what the person is told. */
export const module: WebModule = {
  name: 'workspace',
  navigation: [
    {
      label: 'Projects',
      path: 'projects',
      icon: ListTodo,
      permission: 'workspace:read',
      group: 'work',
      order: 30,
    },
    {
      label: 'Notifications',
      path: 'notifications',
      icon: Bell,
      permission: 'workspace:read',
      group: 'work',
      order: 90,
    },
  ],
  pages: [
    { path: 'projects', permission: 'workspace:read', load: () => import('./projects/projects-page.tsx') },
    {
      path: 'projects/$projectId',
      permission: 'workspace:read',
      load: () => import('./projects/project-page.tsx'),
    },
    {
      path: 'notifications',
      permission: 'workspace:read',
      load: () => import('./notifications/notifications-page.tsx'),
    },
  ],
  commands: [{ label: 'New project', path: 'projects?new=1', icon: Plus, permission: 'workspace:write' }],
  finders: [
    {
      label: 'Project',
      icon: ListTodo,
      collection: 'projects',
      permission: 'workspace:read',
      fields: ['name'],
      title: (row) => String(row.name),
      path: (row) => `projects/${row.id}`,
    },
  ],
  panels: [
    {
      order: 30,
      width: 'half',
      permission: 'workspace:read',
      load: () => import('./projects/my-tasks-panel.tsx'),
    },
  ],
};
