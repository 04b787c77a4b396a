import type { Db } from '../../src/db.ts';
import type { TestDatabase } from './database.ts';
import type { tenancyOn } from './tenancy.ts';
import { member, tenant } from './tenants.ts';

/** Two organizations, the first with a colleague, each as its people see it. */
export interface Offices {
  readonly owner: string;
  readonly colleague: string;
  readonly organization: string;
  readonly ours: Db;
  readonly colleagues: Db;
  /** The system, for our organization. */
  readonly system: Db;
  readonly theirs: Db;
  readonly stranger: string;
}

export async function offices(db: TestDatabase, tenancy: ReturnType<typeof tenancyOn>): Promise<Offices> {
  const [a, b] = [await tenant(db), await tenant(db)];
  const colleague = await member(db, a.id);
  return {
    owner: a.owner,
    colleague,
    organization: a.id,
    ours: tenancy.for({ organizationId: a.id, userId: a.owner, role: 'OWNER' }),
    colleagues: tenancy.for({ organizationId: a.id, userId: colleague, role: 'MEMBER' }),
    system: tenancy.for({ organizationId: a.id }),
    theirs: tenancy.for({ organizationId: b.id, userId: b.owner, role: 'OWNER' }),
    stranger: b.owner,
  };
}

/** The code that a promise is refused with; fails where it is not refused. */
export async function refusal(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    const { code } = error as { code?: string };
    if (code) return code;
    throw error;
  }
  throw new Error('it was not refused');
}
