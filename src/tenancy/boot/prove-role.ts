import type { ClientBase } from 'pg';
import { LotlineError } from '../../errors.ts';
import { contextFaults, keyFaults, tableFaults } from './database-faults.ts';
import { attributeFaults, membershipFaults, ownershipFaults } from './role-faults.ts';

/** What is declared, as far as the proof needs it; a compiled Boundary fits. */
export interface Declared {
  readonly models: readonly { readonly table: string }[];
  readonly roles: { readonly owner: string };
}

/**
 * Proves through a process's own connection that its role stands under the boundary: no attribute, membership or object
 * leads past row security, the keys of the context are out of reach, forged contexts are refused, and every declared table
 * (without a declaration: every table of the schema public that the role has a right to) has forced row security.
 * To be called at start, outside a transaction; changes nothing.
 * @throws LotlineError `ROLE_TOO_STRONG` that lists every fault with what mends it.
 */
export async function proveRole(client: ClientBase, declared?: Declared): Promise<void> {
  const owner = declared?.roles.owner ?? 'lotline_owner';
  const faults = [
    ...(await attributeFaults(client)),
    ...(await membershipFaults(client)),
    ...(await ownershipFaults(client, owner)),
    ...(await keyFaults(client)),
    ...(await contextFaults(client)),
    ...(await tableFaults(
      client,
      declared?.models.map(({ table }) => table),
    )),
  ];
  if (faults.length === 0) return;
  const { rows } = await client.query<{ role: string }>('SELECT session_user AS role');
  throw new LotlineError(
    'ROLE_TOO_STRONG',
    `The application does not run as ${rows[0]!.role}: what it could do reaches past row security.\n${faults
      .map(({ what, mend }) => `  - ${what}\n    ${mend}`)
      .join('\n')}`,
    'Run the statements above as an administrator or as the owner, or log in with a role that is bound (APP_DATABASE_URL).',
  );
}
