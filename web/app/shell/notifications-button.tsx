import { Bell } from 'lucide-react';
import type { ReactNode } from 'react';
import { useOrganization } from '../../api/organization.tsx';
import { useView } from '../../api/view.ts';
import { PageLink } from '../../ui/page-link.tsx';

/** How many notifications wait, and the way to them. */
export function Notifications(): ReactNode {
  const { pathTo } = useOrganization();
  const { data } = useView({
    key: ['notifications', 'unread-count'],
    tables: ['notifications'],
    load: (api, signal) => api.GET('/notifications/unread-count', { signal }),
  });
  const unread = data?.unread ?? 0;
  return (
    <PageLink
      to={pathTo('notifications')}
      aria-label={unread === 0 ? 'Notifications' : `Notifications, ${unread} unread`}
      title="Notifications"
      className="relative inline-flex size-9 items-center justify-center rounded-md text-soft hover:bg-sunken hover:text-ink"
    >
      <Bell aria-hidden size={18} />
      {unread > 0 && (
        <span
          aria-hidden
          className="absolute top-0.5 right-0.5 min-w-4 rounded-full bg-accent px-1 text-center text-xs leading-4 font-semibold text-on-accent"
        >
          {unread > 99 ? '99+' : unread}
        </span>
      )}
    </PageLink>
  );
}
