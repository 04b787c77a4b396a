/** A finding that is known and accepted, with the reason. */
export interface Waiver {
  /** `<check>:<object>`, as the finding prints it. */
  readonly key: string;
  readonly reason: string;
  /** The last day on which it holds, `2027-03-31`, in UTC; without it the waiver does not end. */
  readonly until?: string;
  /** 1-based line of the waiver in its file. */
  readonly line: number;
}

/** Whether the waiver still holds on a day. */
export function holds({ until }: Waiver, today: string): boolean {
  return until === undefined || today <= until;
}
