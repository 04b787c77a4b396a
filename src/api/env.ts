import type { OrganizationEnv } from '../http/index.ts';
import type { Logger } from './log.ts';

/** The Hono context of every request; routes of an organization find the rest of it set. */
export interface Env {
  Variables: OrganizationEnv['Variables'] & {
    log: Logger;
    /** Begins before anything is read. */
    started: number;
    /** Within the transaction of an idempotency key: what is done when it has committed. */
    afterwards?: (() => void)[] | undefined;
    /** The answer holds a secret, which is not kept for repetitions. */
    secret?: boolean;
    /** Set where the answer goes out as it is made, so that nothing waits for its end. */
    streaming?: boolean;
  };
}
