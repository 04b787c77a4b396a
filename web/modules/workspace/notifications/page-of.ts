/** Where records stand, by the kind that a notification names. */
const PAGES: Readonly<Record<string, string>> = {
  lead: 'leads',
  contact: 'contacts',
  deal: 'deals',
  listing: 'listings',
  project: 'projects',
  content: 'content',
  transaction_loop: 'transactions',
  loop: 'transactions',
};

export interface Told {
  readonly entityType: string | null;
  readonly entityId: string | null;
  readonly actionUrl: string | null;
}

/** The page that a notification is about, below the organization; undefined where there is none. */
export function pageOf({ entityType, entityId, actionUrl }: Told): string | undefined {
  const list = entityType ? PAGES[entityType] : undefined;
  if (list && entityId) return `${list}/${entityId}`;
  if (entityType === 'appointment') return 'calendar';
  const path = actionUrl?.replace(/^\/+/, '');
  return path && /^[a-z][a-z0-9/?=&-]*$/i.test(path) ? path : undefined;
}
