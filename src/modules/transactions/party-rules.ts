import { Refusal } from '../../errors.ts';
import type { ModelRules } from '../../http/index.ts';
import { record } from './audit.ts';
import { lockedWithLoop, lockLoop, requireOpen } from './loop-lock.ts';
import { partyPermissions, partyThere } from './parties.ts';
import { requireSameLoop } from './tasks.ts';
import { AWAITED } from './voiding.ts';

const REMOVE =
  'POST /parties/{partyId}/remove removes a party, and POST /loops/{loopId}/parties invites again.';

export const partyRules: ModelRules = {
  model: 'LoopParty',
  closed: {
    status: REMOVE,
    invitedAt: 'It is the moment of the invitation.',
    joinedAt: 'POST /parties/{partyId}/join sets it.',
  },
  refuses: { delete: REMOVE },
  create: async (tx, values) => {
    const loop = await lockLoop(tx, String(values.loopId));
    requireOpen(loop);
    const email = String(values.email).trim().toLowerCase();
    const there = await tx.loopParty.findFirst({
      where: { loopId: loop.id, email, role: values.role as never },
      select: { id: true },
    });
    if (there) throw partyThere(email, String(values.role));
    return { ...values, email, permissions: partyPermissions(values.permissions ?? []) };
  },
  update: async (tx, before, changes) => {
    const { loop, record: party } = await lockedWithLoop(tx, 'party', () =>
      tx.loopParty.findFirst({ where: { id: String(before.id) } }),
    );
    requireOpen(loop);
    requireSameLoop(party, changes);
    const email = changes.email === undefined ? undefined : String(changes.email).trim().toLowerCase();
    // Whoever was asked to sign is who signs, or the evidence would name somebody else.
    const renamed =
      (email !== undefined && email !== party.email) ||
      (changes.name !== undefined && changes.name !== party.name);
    const permissions = changes.permissions === undefined ? undefined : partyPermissions(changes.permissions);
    if (renamed || (permissions && !permissions.includes('SIGN'))) {
      const bound = await tx.documentSignature.findFirst({
        where: {
          signerId: party.id,
          status: { in: renamed ? [...AWAITED, 'SIGNED'] : [...AWAITED] },
        },
        select: { id: true },
      });
      if (bound)
        throw new Refusal(
          'conflict',
          'PARTY_SIGNS',
          `Signatures of ${party.name} are given or awaited.`,
          'Cancel open requests first, or invite the other person as a party of their own.',
        );
    }
    const role = changes.role ?? party.role;
    const twin = await tx.loopParty.findFirst({
      where: { loopId: loop.id, email: email ?? party.email, role: role as never, id: { not: party.id } },
      select: { id: true },
    });
    if (twin) throw partyThere(email ?? party.email, String(role));
    return {
      ...changes,
      ...(email === undefined ? {} : { email }),
      ...(permissions === undefined ? {} : { permissions }),
    };
  },
  written: (tx, after, before) =>
    record(tx, {
      action: before ? 'UPDATED' : 'INVITED',
      entityType: 'loop_party',
      entityId: String(after.id),
      before,
      after,
    }),
};
