import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Document as LoopDocument, LoopParty, SignatureStatus } from '../../generated/prisma/client.ts';
import { createRequest, sendRequest } from './signature-requests.ts';
import { decline, sign } from './signing.ts';
import { isComplete, turnOf } from './signing-order.ts';
import { files, fixture } from './testing/fixture.ts';

const { ours, as, loop, document, party } = await fixture();
const db = as(ours);

const order = fc.constantFrom('PARALLEL' as const, 'SEQUENTIAL' as const);
const slots = fc.array(fc.integer({ min: 1, max: 99 }), { minLength: 1, maxLength: 12 }).map((positions) =>
  positions.map((signingPosition, i) => ({
    id: String(i),
    signingPosition,
    status: 'SENT' as SignatureStatus,
  })),
);

it('lets everybody sign in some order, and in a sequence never a later position before an earlier', () => {
  fc.assert(
    fc.property(order, slots, fc.infiniteStream(fc.nat()), (kind, all, picks) => {
      const state = all.map((slot) => ({ ...slot }));
      const signed: number[] = [];
      while (!isComplete(state)) {
        const turn = turnOf(kind, state);
        expect(turn.length).toBeGreaterThan(0);
        const chosen = turn[picks.next().value! % turn.length]!;
        chosen.status = 'SIGNED';
        signed.push(chosen.signingPosition);
      }
      expect(signed).toHaveLength(all.length);
      if (kind === 'SEQUENTIAL') expect(signed).toEqual(signed.toSorted((a, b) => a - b));
      expect(turnOf(kind, state)).toEqual([]);
    }),
    { numRuns: 500 },
  );
});

// What the database must agree with, told in other words: a signature is refused when it was given, when somebody has
// declined, or when a lower position is open. The end is DECLINED, SIGNED or still out.
interface Model {
  readonly kind: 'PARALLEL' | 'SEQUENTIAL';
  readonly positions: readonly number[];
  readonly documents: number;
  readonly done: Set<string>;
  declined: boolean;
}

const allowed = (m: Model, signer: number, paper: number) =>
  !m.declined &&
  !m.done.has(`${signer}/${paper}`) &&
  (m.kind === 'PARALLEL' ||
    m.positions.every(
      (position, other) =>
        position >= m.positions[signer]! ||
        Array.from({ length: m.documents }, (_, d) => m.done.has(`${other}/${d}`)).every(Boolean),
    ));

it('holds for any signers, positions and attempts against the database', async () => {
  const { id: loopId } = await loop(db);
  const parties: LoopParty[] = [];
  for (let i = 0; i < 3; i++) parties.push(await party(db, loopId));
  await fc.assert(
    fc.asyncProperty(
      order,
      fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 3 }),
      fc.integer({ min: 1, max: 2 }),
      fc.array(
        fc.record({ signer: fc.nat(2), paper: fc.nat(1), declines: fc.integer({ min: 1, max: 10 }) }),
        {
          minLength: 4,
          maxLength: 14,
        },
      ),
      fc.boolean(),
      async (kind, positions, documents, attempts, mayDecline) => {
        const papers: LoopDocument[] = [];
        for (let d = 0; d < documents; d++) papers.push(await document(db, loopId));
        const made = await createRequest(db, {
          loopId,
          title: 'Please sign',
          signingOrder: kind,
          documentIds: papers.map((p) => p.id),
          signers: positions.map((position, i) => ({ partyId: parties[i]!.id, position })),
        });
        await sendRequest(db, { requestId: made.id });
        const model: Model = { kind, positions, documents, done: new Set(), declined: false };
        for (const { signer, paper, declines } of attempts) {
          if (signer >= positions.length || paper >= documents) continue;
          const signerId = parties[signer]!.id;
          const { id } = made.signatures.find(
            (s) => s.signerId === signerId && s.documentId === papers[paper]!.id,
          )!;
          const refusing = mayDecline && declines === 1;
          const attempt = refusing
            ? decline(db, { signatureId: id, signerId, reason: 'No' })
            : sign(db, { signatureId: id, signerId, typedName: 'X' }, files);
          if (allowed(model, signer, paper)) {
            await attempt;
            if (refusing) model.declined = true;
            else model.done.add(`${signer}/${paper}`);
          } else await expect(attempt).rejects.toMatchObject({ kind: 'conflict' });
        }
        const after = (await db.signatureRequest.findFirst({
          where: { id: made.id },
          include: { signatures: true },
        }))!;
        const all = positions.length * documents;
        const complete = model.done.size === all;
        expect(after.status).toBe(model.declined ? 'DECLINED' : complete ? 'SIGNED' : 'SENT');
        expect(after.signatures.filter((s) => s.status === 'SIGNED')).toHaveLength(model.done.size);
        const waiting = after.signatures.filter((s) => s.status === 'SENT').map((s) => s.id);
        const turn = model.declined ? [] : turnOf(kind, after.signatures).map((s) => s.id);
        expect(waiting.toSorted()).toEqual(turn.toSorted());
        const signedPapers = await db.document.count({
          where: { id: { in: papers.map((p) => p.id) }, status: 'SIGNED' },
        });
        expect(signedPapers).toBe(complete ? documents : 0);
      },
    ),
    { numRuns: 60 },
  );
}, 120_000);
