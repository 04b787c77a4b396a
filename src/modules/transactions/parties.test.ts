import { describe, expect, it } from 'vitest';
import { inviteParty, joinParty, partyPermissions, removeParty } from './parties.ts';
import { cancelRequest } from './signature-requests.ts';
import { sign } from './signing.ts';
import { create, remove, update } from './testing/data-api.ts';
import { files, fixture } from './testing/fixture.ts';

const { ours, theirs, as, loop, party, sentRequest } = await fixture();
const db = as(ours);
const refusal = (code: string) => expect.objectContaining({ code });
const ada = { name: 'Ada', email: ' Ada@Example.com', role: 'BUYER', permissions: ['SIGN'] } as const;

describe('a party', () => {
  it('has its address in lower case, and may look where it may do anything', async () => {
    const { id } = await loop(db);
    expect(await inviteParty(db, { loopId: id, ...ada })).toMatchObject({
      email: 'ada@example.com',
      permissions: ['VIEW', 'SIGN'],
      joinedAt: null,
      status: 'ACTIVE',
    });
  });

  it.each([[['FLY']], ['SIGN'], [[1]], [{}]])('has no permissions such as %j', (value) => {
    expect(() => partyPermissions(value)).toThrow(refusal('PERMISSION_UNKNOWN'));
  });

  it('has a role once, also when invited at once, and may have another', async () => {
    const { id } = await loop(db);
    const invite = () => inviteParty(db, { loopId: id, ...ada });
    const results = await Promise.allSettled([invite(), invite(), invite()]);
    expect(results.filter((r) => r.status === 'fulfilled')).toHaveLength(1);
    expect(results.find((r) => r.status === 'rejected')).toMatchObject({ reason: { code: 'PARTY_THERE' } });
    await inviteParty(db, { loopId: id, ...ada, role: 'ATTORNEY' });
    await expect(create(db, 'LoopParty', { loopId: id, ...ada, email: 'ADA@example.com' })).rejects.toThrow(
      refusal('PARTY_THERE'),
    );
  });

  it('joins once', async () => {
    const { id } = await loop(db);
    const { id: partyId } = await party(db, id);
    const first = await joinParty(db, { partyId });
    expect(first.joinedAt).not.toBeNull();
    expect((await joinParty(db, { partyId })).joinedAt).toEqual(first.joinedAt);
  });

  it('of another organization is missing', async () => {
    const { id } = await party(db, (await loop(db)).id);
    await expect(removeParty(as(theirs), { partyId: id })).rejects.toMatchObject({ kind: 'missing' });
    await expect(joinParty(as(theirs), { partyId: id })).rejects.toMatchObject({ kind: 'missing' });
  });

  it('is removed with its open tasks let go, and comes back by invitation', async () => {
    const { id } = await loop(db);
    const one = await inviteParty(db, { loopId: id, ...ada });
    const task = await create(db, 'TransactionTask', { loopId: id, title: 'Pay', assignedToId: one.id });
    expect(await removeParty(db, { partyId: one.id })).toMatchObject({ status: 'REMOVED' });
    expect(await db.transactionTask.findFirst({ where: { id: task.id } })).toMatchObject({
      assignedToId: null,
    });
    await expect(joinParty(db, { partyId: one.id })).rejects.toThrow(refusal('PARTY_GONE'));
    expect(await inviteParty(db, { loopId: id, ...ada, name: 'Ada L.' })).toMatchObject({
      id: one.id,
      name: 'Ada L.',
      status: 'ACTIVE',
    });
    await expect(remove(db, 'LoopParty', one.id)).rejects.toThrow(refusal('WRITE_REFUSED'));
  });

  it('stays while its signature is awaited, and as INACTIVE when it has signed', async () => {
    const { first, second, parties, request } = await sentRequest(db);
    await sign(db, { signatureId: first.id, signerId: first.signerId, typedName: 'A' }, files);
    await expect(removeParty(db, { partyId: second.signerId })).rejects.toThrow(refusal('PARTY_MUST_SIGN'));
    await cancelRequest(db, { requestId: request.id, reason: 'Wrong price' });
    expect((await removeParty(db, { partyId: parties[0]!.id })).status).toBe('INACTIVE');
    expect((await removeParty(db, { partyId: parties[1]!.id })).status).toBe('REMOVED');
  });

  it('keeps name and address once it is asked to sign, and its permission to', async () => {
    const { parties } = await sentRequest(db);
    const id = parties[0]!.id;
    for (const changes of [{ name: 'Else' }, { email: 'else@example.com' }, { permissions: ['VIEW'] }])
      await expect(update(db, 'LoopParty', id, changes)).rejects.toThrow(refusal('PARTY_SIGNS'));
    expect(await update(db, 'LoopParty', id, { phone: '555 0100' })).toMatchObject({ phone: '555 0100' });
  });

  it('cannot be moved to another transaction', async () => {
    const one = await party(db, (await loop(db)).id);
    const other = await loop(db);
    await expect(update(db, 'LoopParty', one.id, { loopId: other.id })).rejects.toThrow(
      refusal('LOOP_FIXED'),
    );
  });
});
