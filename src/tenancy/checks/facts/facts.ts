import type { ClientBase } from 'pg';
import { type LiveForeignKey, readForeignKeys } from './foreign-keys.ts';
import { type LiveFunction, readFunctions } from './functions.ts';
import { type LiveIndex, readIndexes } from './indexes.ts';
import { type LivePolicy, readPolicies } from './policies.ts';
import { type Privilege, readPrivileges } from './privileges.ts';
import { type LiveRole, type Membership, readMemberships, readRoles } from './roles.ts';
import { type LiveTable, readTables } from './tables.ts';

/** The live database as far as checks ask for it. */
export interface Facts {
  tables(): Promise<readonly LiveTable[]>;
  policies(): Promise<readonly LivePolicy[]>;
  privileges(): Promise<readonly Privilege[]>;
  indexes(): Promise<readonly LiveIndex[]>;
  foreignKeys(): Promise<readonly LiveForeignKey[]>;
  functions(): Promise<readonly LiveFunction[]>;
  roles(): Promise<readonly LiveRole[]>;
  memberships(): Promise<readonly Membership[]>;
}

export function liveFacts(client: ClientBase): Facts {
  const once = <T>(read: (client: ClientBase) => Promise<T>) => {
    let held: Promise<T> | undefined;
    return () => (held ??= read(client));
  };
  return {
    tables: once(readTables),
    policies: once(readPolicies),
    privileges: once(readPrivileges),
    indexes: once(readIndexes),
    foreignKeys: once(readForeignKeys),
    functions: once(readFunctions),
    roles: once(readRoles),
    memberships: once(readMemberships),
  };
}
