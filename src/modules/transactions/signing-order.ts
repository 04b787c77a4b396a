import type { SignatureStatus, SigningOrder } from '../../generated/prisma/client.ts';

/** A signature that a request asks for. */
export interface Slot {
  readonly id: string;
  readonly signingPosition: number;
  readonly status: SignatureStatus;
}

/**
 * The slots that may be signed now: of a PARALLEL request all that are not signed, of a SEQUENTIAL one those of the lowest
 * position at which a signature is missing. Equal positions sign in any order among themselves.
 */
export function turnOf<S extends Slot>(order: SigningOrder, slots: readonly S[]): S[] {
  const missing = slots.filter((s) => s.status !== 'SIGNED');
  if (order === 'PARALLEL') return missing;
  const lowest = Math.min(...missing.map((s) => s.signingPosition));
  return missing.filter((s) => s.signingPosition === lowest);
}

export function isComplete(slots: readonly Slot[]): boolean {
  return slots.length > 0 && slots.every((s) => s.status === 'SIGNED');
}
