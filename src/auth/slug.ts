/** The shape of an organization's address: the check of the table `organizations`. */
export const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** An address from a name: `Quill & Marsh Realty` gives `quill-marsh-realty`. It may be taken. */
export function slugOf(name: string): string {
  const slug = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 54)
    .replace(/-+$/, '');
  if (slug.length >= 3) return slug;
  return slug === '' ? 'organization' : `org-${slug}`;
}
