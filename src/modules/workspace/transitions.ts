import { Refusal } from '../../errors.ts';

/** For each status, those that may follow it. */
export type Transitions<Status extends string> = Readonly<Record<Status, readonly Status[]>>;

/**
 * Refuses a step that the table does not have. A status that stays is no step.
 * @param what the record is called, e.g. `task`
 * @throws Refusal `STATUS_STEP`
 */
export function requireStep<Status extends string>(
  what: string,
  table: Transitions<Status>,
  from: Status,
  to: Status,
): void {
  if (from === to || table[from].includes(to)) return;
  const message = `A ${what} that is ${from} cannot become ${to}.`;
  const next = table[from].join(', ');
  throw new Refusal('conflict', 'STATUS_STEP', message, `From ${from} it goes on to: ${next}.`, {
    fields: [{ field: 'status', code: 'STATUS_STEP', message }],
  });
}
