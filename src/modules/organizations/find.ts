import type { ClientBase } from 'pg';
import { LotlineError } from '../../errors.ts';

export interface OrganizationName {
  readonly id: string;
  readonly name: string;
  readonly slug: string;
}

/**
 * The organization with this id or address.
 * @param client a session of lotline_platform
 * @throws LotlineError `ORGANIZATION_UNKNOWN`
 */
export async function findOrganization(client: ClientBase, idOrSlug: string): Promise<OrganizationName> {
  const { rows } = await client.query<OrganizationName>(
    'SELECT id, name, slug FROM public.organizations WHERE id::text = lower($1) OR slug = $1',
    [idOrSlug],
  );
  if (rows[0]) return rows[0];
  throw new LotlineError(
    'ORGANIZATION_UNKNOWN',
    `There is no organization "${idOrSlug}".`,
    'give its address or its id; npx lotline tenant stats lists them',
  );
}

/** All organizations by id, for listings. As {@link findOrganization}. */
export async function organizationNames(client: ClientBase): Promise<Map<string, OrganizationName>> {
  const { rows } = await client.query<OrganizationName>('SELECT id, name, slug FROM public.organizations');
  return new Map(rows.map((row) => [row.id, row]));
}
