import { createHash } from 'node:crypto';
import { freshDatabase } from '../../../../test/support/database.ts';
import { tenancyOn } from '../../../../test/support/tenancy.ts';
import { member, type Tenant, tenant } from '../../../../test/support/tenants.ts';
import type { Db } from '../../../db.ts';
import type { LoopStatus } from '../../../generated/prisma/client.ts';
import { addDocument } from '../documents.ts';
import { moveLoop } from '../loops.ts';
import { inviteParty } from '../parties.ts';
import { createRequest, type NewRequest, sendRequest } from '../signature-requests.ts';
import type { RequireFile } from '../stored-file.ts';
import { create } from './data-api.ts';

/** A storage in which every file of the organization is, of 1,000 bytes, with the digest of its key. */
export const files: RequireFile = async (_db, key) => ({
  id: key,
  key,
  size: 1_000n,
  mimeType: 'application/pdf',
  sha256: createHash('sha256').update(key).digest('hex'),
  name: 'Agreement.pdf',
});

let made = 0;

/** Two organizations on a database of the test file's own, and transactions in them. */
export async function fixture() {
  const database = await freshDatabase();
  const tenancy = tenancyOn(database, { connections: 8 });
  const [ours, theirs] = [await tenant(database), await tenant(database)];

  /** As the owner, or another member and role. */
  const as = (t: Tenant, userId = t.owner, role = 'OWNER') =>
    tenancy.for({ organizationId: t.id, userId, role }) as unknown as Db;
  /** As the schedule, which acts for nobody. */
  const system = (t: Tenant) => tenancy.for({ organizationId: t.id }) as unknown as Db;
  const key = (t: Tenant) => `${t.id}/uploads/${made++}.pdf`;
  const loop = (db: Db, values = {}) =>
    create(db, 'TransactionLoop', {
      propertyAddress: '12 Juniper Lane',
      transactionType: 'PURCHASE_AGREEMENT',
      listingPrice: '450000.00',
      ...values,
    });
  const party = (db: Db, loopId: string, values = {}) =>
    inviteParty(db, {
      loopId,
      name: `Party ${made}`,
      email: `party${made++}@example.com`,
      role: 'BUYER',
      permissions: ['SIGN'],
      ...values,
    });
  const document = (db: Db, loopId: string) =>
    addDocument(db, { loopId, storageKey: `${db.$tenant.organizationId}/uploads/${made++}.pdf` }, files);

  return {
    database,
    ours,
    theirs,
    as,
    system,
    key,
    loop,
    party,
    document,
    member: (t: Tenant, role?: string) => member(database, t.id, role),
    /** A loop with a document and two signers, and a request for both, sent. */
    async sentRequest(db: Db, more: Partial<NewRequest> = {}) {
      const { id: loopId } = await loop(db);
      const paper = await document(db, loopId);
      const parties = [await party(db, loopId), await party(db, loopId)];
      const { id } = await createRequest(db, {
        loopId,
        title: 'Please sign',
        signingOrder: 'PARALLEL',
        documentIds: [paper.id],
        signers: parties.map((p) => ({ partyId: p.id })),
        ...more,
      });
      const request = await sendRequest(db, { requestId: id });
      const [first, second] = parties.map((p) => request.signatures.find((s) => s.signerId === p.id)!);
      return { loopId, paper, parties, request, first: first!, second: second! };
    },
    async moveThrough(db: Db, loopId: string, ...statuses: LoopStatus[]) {
      for (const status of statuses) await moveLoop(db, { loopId, status });
    },
  };
}
