import { PrismaPg } from '@prisma/adapter-pg';
import { actAsStaff, type Note, type Person, type StaffDatabase, type StaffDeed } from '../../auth/index.ts';
import type { Db } from '../../db.ts';
import { PrismaClient } from '../../generated/prisma/client.ts';
import { tenancyError } from '../../tenancy/index.ts';

/** Where staff work: the database as lotline_platform, past all tenants, one audited deed at a time. */
export interface Desk {
  /** Runs `work` in the transaction that also writes what was done into the audit log; see {@link actAsStaff}. */
  act<T>(person: Person, deed: StaffDeed, work: (db: Db, note: Note) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** Few work here, and what they ask for must not hold up sign-in, which has connections of its own. */
const CONNECTIONS = 4;
const STATEMENT = 20_000;
const TRANSACTION = { maxWait: 10_000, timeout: 30_000 };

/** Connects when it is first used. */
export function openDesk(platformUrl: string): Desk {
  const client = new PrismaClient({
    adapter: new PrismaPg({
      connectionString: platformUrl,
      max: CONNECTIONS,
      connectionTimeoutMillis: 10_000,
      statement_timeout: STATEMENT,
      application_name: 'lotline-staff',
    }),
  });
  return {
    act: (person, deed, work) => actAsStaff(staffDatabase(client, person), person, deed, work),
    close: () => client.$disconnect(),
  };
}

function staffDatabase(client: PrismaClient, person: Person): StaffDatabase<Db> {
  const plain = client as unknown as Db;
  return {
    transaction: async <T>(work: (tx: Db) => Promise<T>): Promise<T> => {
      try {
        return await plain.$transaction((tx) => work(withPerson(tx as unknown as Db, person)), TRANSACTION);
      } catch (error) {
        throw tenancyError(error);
      }
    },
    query: (tx, sql, values) => (tx ?? plain).$queryRawUnsafe(sql, ...values),
  };
}

/** `db.$tenant.userId` says who acts, as everywhere; there is no organization. Parts of the transaction say it too. */
function withPerson(tx: Db, { userId }: Person): Db {
  const parts = (work: (part: Db) => Promise<unknown>, options?: object) =>
    tx.$transaction((part) => work(withPerson(part as unknown as Db, { userId } as Person)), options);
  return new Proxy(tx, {
    get: (target, name) => {
      if (name === '$tenant') return { userId };
      if (name === '$transaction') return parts;
      return Reflect.get(target, name, target);
    },
  });
}
