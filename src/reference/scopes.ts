/** What the scopes mean to a reader; the order is that of the legends. */
export const SCOPES: Readonly<Record<string, string>> = {
  'tenant-root': 'the tenant itself',
  tenant: 'rows of one organization',
  'tenant-user': 'rows of one member in one organization',
  'tenant-or-user': 'rows of one organization or, without one, of one person',
  child: 'rows of the row they belong to',
  catalogue: 'published by one organization, read by all once published',
  identity: 'rows of one person',
  platform: 'rows of the platform',
  ingest: 'rows of one organization, written by the ingest role',
};

/** Position of a scope in legends; one that is not known stands last. */
export function scopeRank(scope: string): number {
  const index = Object.keys(SCOPES).indexOf(scope);
  return index === -1 ? Object.keys(SCOPES).length : index;
}
