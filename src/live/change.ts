import { z } from 'zod';

/** What `app.record_changes()` tells: rows of one organization that one statement changed. */
export const changeSchema = z.object({
  organization: z.string(),
  table: z.string(),
  operation: z.enum(['create', 'update', 'delete']),
  /** Absent where there are more than 50. */
  ids: z.array(z.string()).optional(),
  /** Of personal tables: whose rows they are; absent where there are more than 50. */
  people: z.array(z.string()).optional(),
});
export type Change = z.output<typeof changeSchema>;

/** A change with its place in the order in which this process heard of them. */
export interface Heard {
  readonly place: number;
  readonly change: Change;
}

/** The change of a notification, or undefined for what somebody else sent on the channel. */
export function parseChange(payload: string | undefined): Change | undefined {
  try {
    return changeSchema.safeParse(JSON.parse(payload ?? '')).data;
  } catch {
    return undefined;
  }
}
