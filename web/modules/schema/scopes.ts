/** What a scope means for a newcomer (`docs/annotations.md`). */
export const SCOPES: Readonly<Record<string, string>> = {
  'tenant-root': 'The organization itself: its members see their own.',
  tenant: 'Rows belong to one organization; nobody else sees them.',
  'tenant-user': 'Rows belong to one person within one organization.',
  catalogue: 'Everybody sees what is published; the platform writes it.',
  identity: 'People, across organizations; seen by themselves and by colleagues.',
  platform: 'Belongs to the platform; tenants see at most what is meant for them.',
  ingest: 'Written by the web analytics alone, read by the organization.',
  child: 'Belongs to whomever its parent row belongs to.',
};
