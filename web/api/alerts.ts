import { queryOptions } from '@tanstack/react-query';
import { bodyOf, organizationApi } from './client.ts';

/** A notice of the platform. */
export interface Alert {
  readonly id: string;
  readonly title: string;
  readonly message: string;
  readonly level: string;
  readonly isDismissible: boolean;
  /** Seconds. */
  readonly autoHideAfter: number | null;
}

/** Notices of the platform that are in force for the person. */
export const alertsQuery = (slug: string) =>
  queryOptions({
    queryKey: [slug, 'view', 'alerts'],
    queryFn: () => bodyOf<{ items: Alert[] }>(organizationApi(slug).GET('/alerts', {}) as never),
    staleTime: 5 * 60_000,
    refetchInterval: 10 * 60_000,
    retry: false,
    meta: { tables: ['system_alerts', 'alert_dismissals'] },
  });
