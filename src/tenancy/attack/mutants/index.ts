import type pg from 'pg';
import type { Suite } from '../suite.ts';
import { functionMutants, viewAndTriggerMutants } from './functions.ts';
import { keyMutants } from './keys.ts';
import type { Mutant, MutantSource } from './mutant.ts';
import { policyMutants } from './policies.ts';
import { rightMutants, roleMutants } from './rights.ts';

export type { Mutant } from './mutant.ts';

/**
 * Every mutant of the database, derived from the catalogue.
 * @param client a superuser on a database whose boundary is whole.
 */
export async function listMutants(client: pg.Client, suite: Suite): Promise<Mutant[]> {
  const { roles } = suite.subject.boundary;
  const source: MutantSource = { suite, roles };
  return [
    ...policyMutants(source),
    ...rightMutants(source),
    ...roleMutants(source),
    ...(await keyMutants(client, source)),
    ...(await functionMutants(client, source)),
    ...(await viewAndTriggerMutants(client, source)),
  ];
}
