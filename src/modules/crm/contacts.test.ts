import { beforeAll, describe, expect, it } from 'vitest';
import { crmGround, dataApi, type Ground, plan } from '../../../test/support/crm.ts';
import { testServers } from '../../../test/support/server.ts';
import { LIMITS } from '../../auth/tiers.ts';
import { inTransaction } from '../../db.ts';
import { archiveRecord, unarchiveRecord } from './archive.ts';
import { normalEmail, normalPhone } from './contact-data.ts';
import { mergeContacts } from './contact-merging.ts';
import { duplicateContacts } from './duplicates.ts';
import { keyOf } from './rows.ts';

describe('a telephone number', () => {
  it.each([
    ['(512) 555-0100', '+15125550100'],
    ['1-512-555-0100', '+15125550100'],
    ['+1 512 555 0100', '+15125550100'],
    ['512.555.0100 ext. 22', '+15125550100 x22'],
    ['+44 20 7946 0000', '+442079460000'],
    ['555-0100', '5550100'],
    ['call me', 'call me'],
    ['1-800-FLOWERS', '1-800-FLOWERS'],
    ['   ', null],
  ])('"%s" is kept as %s, also a second time', (given, kept) => {
    expect(normalPhone(given)).toBe(kept);
    expect(normalPhone(kept)).toBe(kept);
  });

  it('and an e-mail address that is empty is none', () =>
    expect([normalPhone(null), normalEmail(' ')]).toEqual([null, null]));
});

describe.each(testServers())('contacts on PostgreSQL $version', (server) => {
  let ground: Ground;

  beforeAll(async () => {
    ground = await crmGround(server);
  });

  const contact = (values: object = {}, db = ground.ours) =>
    dataApi.create(db, 'Contact', { name: 'Ada', ...values });
  const read = (id: string) => ground.ours.contact.findUniqueOrThrow({ where: keyOf(ground.ours, id) });

  describe('that may be the same person', () => {
    it('are grouped by e-mail, telephone or name, each set of people once, under the surest', async () => {
      const db = await ground.fresh();
      const make = async (name: string, email: string | null, phone: string | null) =>
        (await db.contact.create({ data: { name, email, phone } })).id;
      const a = await make('Ada Lovelace', 'ada@example.com', '+1 512 555 0100');
      const b = await make('ada  lovelace.', 'ada@example.com', '512-555-0100');
      const c = await make('Basil', null, '+15125550101');
      const d = await make('Cordelia', null, '(512) 555 0101');
      const e = await make('BASIL', null, '1');
      const gone = await make('Basil', null, null);
      await archiveRecord(db, 'contact', gone);
      await contact({ name: 'Basil' });
      const groups = await duplicateContacts(db);
      expect(groups.map((g) => [g.by, g.value, g.contacts.map((x) => x.id)])).toEqual([
        ['email', 'ada@example.com', [a, b]],
        ['phone', '5125550101', [c, d]],
        ['name', 'basil', [c, e]],
      ]);
      expect(await duplicateContacts(db, 1)).toHaveLength(1);
    });
  });

  describe('merged', () => {
    it('keep deals, activities, tags and notes in one, fill what is empty, and archive the other', async () => {
      const agent = await ground.agent();
      const into = await contact({ tags: ['a', 'b'], notes: 'One', company: 'Kept', customFields: { x: 1 } });
      const from = await contact({
        name: 'Ada L.',
        tags: ['b', 'c'],
        notes: 'Two',
        company: 'Other',
        phone: '5125550100',
        customFields: { x: 2, y: 3 },
        assignedToId: agent,
        lastContactAt: new Date('2026-01-01'),
      });
      await dataApi.create(ground.ours, 'Deal', { title: 'Deal', value: 1, contactId: from.id });
      await dataApi.create(ground.ours, 'Activity', { type: 'NOTE', title: 'Note', contactId: from.id });
      const { contact: kept, moved } = await mergeContacts(ground.ours, into.id, from.id);
      expect(moved).toEqual({ deals: 1, activities: 1 });
      expect(kept).toMatchObject({
        tags: ['a', 'b', 'c'],
        notes: 'One\n\nTwo',
        company: 'Kept',
        phone: '+15125550100',
        customFields: { x: 1, y: 3 },
        assignedToId: agent,
        lastContactAt: new Date('2026-01-01'),
      });
      expect((await read(from.id)).archivedAt).not.toBeNull();
      const titles = await ground.ours.activity.findMany({
        where: { contactId: into.id },
        orderBy: { createdAt: 'asc' },
      });
      expect(titles.map((t) => t.title)).toEqual(['Note', 'Merged with Ada L.']);
    });

    it('twice, or many times at once, are merged once', async () => {
      const [into, from] = [await contact(), await contact({ notes: 'Two' })];
      await dataApi.create(ground.ours, 'Deal', { title: 'Deal', value: 1, contactId: from.id });
      const all = await Promise.all(
        Array.from({ length: 5 }, () => mergeContacts(ground.ours, into.id, from.id)),
      );
      expect(all.reduce((n, m) => n + m.moved.deals, 0)).toBe(1);
      expect((await read(into.id)).notes).toBe('Two');
      expect(await ground.ours.activity.count({ where: { contactId: into.id } })).toBe(1);
    });

    it('crosswise at once leave one of the two', async () => {
      const [a, b] = [await contact(), await contact()];
      const settled = await Promise.allSettled([
        mergeContacts(ground.ours, a.id, b.id),
        mergeContacts(ground.ours, b.id, a.id),
      ]);
      expect(settled.map((s) => s.status).sort()).toEqual(['fulfilled', 'rejected']);
      const archived = [(await read(a.id)).archivedAt, (await read(b.id)).archivedAt].filter(
        (at) => at !== null,
      );
      expect(archived).toHaveLength(1);
    });

    it('lose nothing that is added to the other at the same moment', async () => {
      const [into, from] = [await contact(), await contact()];
      const deal = () => dataApi.create(ground.ours, 'Deal', { title: 'Deal', value: 1, contactId: from.id });
      await Promise.allSettled([deal(), mergeContacts(ground.ours, into.id, from.id), deal(), deal()]);
      expect(await ground.ours.deal.count({ where: { contactId: from.id } })).toBe(0);
    });

    it('may not be contacted where one of them may not', async () => {
      const [into, from] = [await contact(), await contact({ status: 'DO_NOT_CONTACT' })];
      expect((await mergeContacts(ground.ours, into.id, from.id)).contact.status).toBe('DO_NOT_CONTACT');
    });

    it('with themselves, with one of another organization, or with one archived before are refused', async () => {
      const [a, b] = [await contact(), await contact()];
      const foreign = await contact({}, ground.theirs);
      await expect(mergeContacts(ground.ours, a.id, a.id.toUpperCase())).rejects.toMatchObject({
        code: 'CONTACT_SAME',
      });
      await expect(mergeContacts(ground.ours, a.id, foreign.id)).rejects.toMatchObject({ kind: 'missing' });
      await archiveRecord(ground.ours, 'contact', b.id);
      await expect(mergeContacts(ground.ours, a.id, b.id)).rejects.toMatchObject({ code: 'RECORD_ARCHIVED' });
      await expect(mergeContacts(ground.ours, b.id, a.id)).rejects.toMatchObject({ code: 'RECORD_ARCHIVED' });
    });
  });

  describe('and the plan', () => {
    const tight = { tier: 'FREE', limits: { ...LIMITS.FREE, contacts: 2 } } as const;

    it('many at once do not exceed it; what is archived makes room, and comes back only into room', async () => {
      const db = await ground.fresh();
      const make = () => dataApi.create(db, 'Contact', { name: 'Ada' }, tight);
      const settled = await Promise.allSettled(Array.from({ length: 6 }, make));
      expect(settled.filter((s) => s.status === 'fulfilled')).toHaveLength(2);
      const [first] = await db.contact.findMany();
      await archiveRecord(db, 'contact', first!.id);
      await make();
      await expect(make()).rejects.toMatchObject({ code: 'PLAN_LIMIT_REACHED' });
      await expect(unarchiveRecord(db, 'contact', first!.id, tight)).rejects.toMatchObject({
        code: 'PLAN_LIMIT_REACHED',
      });
      expect(await unarchiveRecord(db, 'contact', first!.id, plan)).toMatchObject({ archivedAt: null });
    });
  });

  it('written in one transaction are counted with those before them, and not with those that were undone', async () => {
    const db = await ground.fresh();
    const tight = { tier: 'FREE', limits: { ...LIMITS.FREE, contacts: 2 } } as const;
    await inTransaction(db, async (tx) => {
      const make = () => dataApi.create(tx, 'Contact', { name: 'Ada' }, tight);
      await make();
      const undone = inTransaction(tx, async (part) => {
        await dataApi.create(part, 'Contact', { name: 'Ada' }, tight);
        throw new Error('undone');
      });
      await expect(undone).rejects.toThrow('undone');
      await make();
      const third = inTransaction(tx, (part) => dataApi.create(part, 'Contact', { name: 'Ada' }, tight));
      await expect(third).rejects.toMatchObject({ code: 'PLAN_LIMIT_REACHED' });
    });
    expect(await db.contact.count()).toBe(2);
  });

  it('that are archived are only read', async () => {
    const { id } = await contact();
    await archiveRecord(ground.ours, 'contact', id);
    const change = dataApi.update(ground.ours, 'Contact', id, { name: 'Eve' });
    await expect(change).rejects.toMatchObject({ code: 'RECORD_ARCHIVED' });
    const note = dataApi.create(ground.ours, 'Activity', { type: 'NOTE', title: 'x', contactId: id });
    await expect(note).rejects.toMatchObject({ code: 'RECORD_ARCHIVED' });
    const first = (await read(id)).archivedAt;
    await archiveRecord(ground.ours, 'contact', id);
    expect((await read(id)).archivedAt).toEqual(first);
    await expect(archiveRecord(ground.theirs, 'contact', id)).rejects.toMatchObject({ kind: 'missing' });
    await expect(unarchiveRecord(ground.theirs, 'contact', id, plan)).rejects.toMatchObject({
      kind: 'missing',
    });
  });
});
