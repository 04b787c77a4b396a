import { Building2, Flag, Gauge, LayoutDashboard, type LucideIcon, Megaphone, Users } from 'lucide-react';
import type { Overview } from '../../api/session.ts';
import type { NavigationItem } from '../module.ts';
import { modules } from '../modules.ts';

export interface NavigationLink {
  readonly label: string;
  readonly to: string;
  readonly icon: LucideIcon;
}

export interface NavigationGroup {
  /** Without one its links stand by themselves. */
  readonly label?: string;
  readonly links: readonly NavigationLink[];
}

const GROUPS: readonly [NavigationItem['group'], string | undefined][] = [
  ['work', undefined],
  ['data', 'Data'],
  ['organization', 'Organization'],
];

/** What a member may open, as the modules register it. */
export function organizationNavigation({ slug, permissions }: Overview): readonly NavigationGroup[] {
  const held = new Set<string>(permissions);
  const items = modules
    .flatMap((m) => m.navigation)
    .filter(({ permission }) => permission === undefined || held.has(permission));
  return GROUPS.map(([group, label]) => ({
    ...(label ? { label } : {}),
    links: [
      ...(group === 'work' ? [{ label: 'Dashboard', to: `/o/${slug}`, icon: LayoutDashboard }] : []),
      ...items
        .filter((item) => item.group === group)
        .sort((a, b) => a.order - b.order)
        .map(({ path, icon, label: text }) => ({ label: text, to: `/o/${slug}/${path}`, icon })),
    ],
  })).filter(({ links }) => links.length > 0);
}

/** The pages of the platform’s staff. */
export function platformNavigation(): readonly NavigationGroup[] {
  return [
    {
      links: [
        { label: 'Organizations', to: '/platform', icon: Building2 },
        { label: 'People', to: '/platform/people', icon: Users },
        { label: 'Feature flags', to: '/platform/flags', icon: Flag },
        { label: 'System alerts', to: '/platform/alerts', icon: Megaphone },
        { label: 'Metrics', to: '/platform/metrics', icon: Gauge },
      ],
    },
  ];
}
