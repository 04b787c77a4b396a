import { Activity, CreditCard, KeyRound, Settings, UserRoundPlus, UsersRound } from 'lucide-react';
import type { WebModule } from '../../app/module.ts';

/** The organization’s own affairs: members, keys, plan, settings, what was changed by whom. */
export const module: WebModule = {
  name: 'organizations',
  navigation: [
    {
      label: 'Members',
      path: 'members',
      icon: UsersRound,
      permission: 'organizations:read',
      group: 'organization',
      order: 10,
    },
    {
      label: 'Plan and usage',
      path: 'plan',
      icon: CreditCard,
      permission: 'organizations:read',
      group: 'organization',
      order: 20,
    },
    {
      label: 'API keys',
      path: 'keys',
      icon: KeyRound,
      permission: 'keys:manage',
      group: 'organization',
      order: 30,
    },
    {
      label: 'Audit log',
      path: 'activity',
      icon: Activity,
      permission: 'activity:read',
      group: 'organization',
      order: 40,
    },
    {
      label: 'Settings',
      path: 'settings',
      icon: Settings,
      permission: 'organization:update',
      group: 'organization',
      order: 50,
    },
  ],
  pages: [
    { path: 'members', permission: 'organizations:read', load: () => import('./members/members-page.tsx') },
    { path: 'plan', permission: 'organizations:read', load: () => import('./plan/plan-page.tsx') },
    { path: 'keys', permission: 'keys:manage', load: () => import('./keys/keys-page.tsx') },
    {
      path: 'activity',
      permission: 'activity:read',
      feature: 'activityLog',
      load: () => import('./activity/activity-page.tsx'),
    },
    { path: 'settings', permission: 'organization:update', load: () => import('./settings-page.tsx') },
  ],
  commands: [
    { label: 'Invite a member', path: 'members?invite=1', icon: UserRoundPlus, permission: 'members:invite' },
  ],
  offers: [
    {
      feature: 'activityLog',
      title: 'Audit log',
      gives: [
        'Every change, by whom, when and from where, with the values before and after',
        'Filters by person, kind of record and time',
        'A log that nobody can change, the owners included',
      ],
    },
  ],
};
