import type { Origin, Person, Principal } from '../auth/principal.ts';
import type { Db } from '../db.ts';

/** What the composition has put on the Hono context of a route of an organization before its handler runs. */
export interface OrganizationEnv {
  Variables: {
    requestId: string;
    origin: Origin;
    person: Person;
    who: Principal;
    /** Bound to organization and person; the transaction of the request where an idempotency key was sent. */
    db: Db;
  };
}
