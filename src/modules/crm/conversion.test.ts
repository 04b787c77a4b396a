import { beforeAll, describe, expect, it } from 'vitest';
import { crmGround, dataApi, type Ground, plan } from '../../../test/support/crm.ts';
import { LIMITS } from '../../auth/tiers.ts';
import { archiveRecord } from './archive.ts';
import { mergeContacts } from './contact-merging.ts';
import { convertLead } from './conversion.ts';
import { keyOf } from './rows.ts';

describe('converting a lead', () => {
  let ground: Ground;

  beforeAll(async () => {
    ground = await crmGround();
  });

  let made = 0;
  const lead = async (values: object = {}) => {
    const given = { name: 'Ada Lovelace', budget: '450000.00', tags: ['buyer'], ...values };
    return (await dataApi.create(ground.ours, 'Lead', given)).id;
  };
  const email = () => `ada${made++}@example.com`;
  const convert = (id: string, input = {}) => convertLead(ground.ours, id, input, plan);

  it('makes a contact, a deal in QUALIFIED and an entry on the timelines', async () => {
    const agent = await ground.agent();
    const id = await lead({ email: email(), phone: '512 555 0100', currency: 'EUR', assignedToId: agent });
    const { lead: after, contact, deal, created } = await convert(id, { expectedCloseDate: '2027-03-01' });
    expect(created).toBe(true);
    expect(after.status).toBe('CONVERTED');
    expect(contact).toMatchObject({
      name: 'Ada Lovelace',
      phone: '+15125550100',
      tags: ['buyer'],
      assignedToId: agent,
    });
    expect(deal).toMatchObject({
      stage: 'QUALIFIED',
      status: 'ACTIVE',
      probability: 25,
      currency: 'EUR',
      leadId: id,
    });
    expect(deal).toMatchObject({ title: 'Ada Lovelace', contactId: contact.id, assignedToId: agent });
    expect(deal.value.toFixed(2)).toBe('450000.00');
    const [entry] = await ground.ours.activity.findMany({ where: { dealId: deal.id } });
    expect(entry).toMatchObject({ leadId: id, contactId: contact.id, createdById: ground.our.owner });
  });

  it('twice answers with the first result, whatever is asked the second time', async () => {
    const id = await lead({ email: email() });
    const first = await convert(id);
    const second = await convert(id, { title: 'Another', value: '1' });
    expect(second).toMatchObject({ created: false, deal: { id: first.deal.id, title: 'Ada Lovelace' } });
  });

  it('at once, many times, gives one contact and one deal', async () => {
    const address = email();
    const id = await lead({ email: address });
    const all = await Promise.all(Array.from({ length: 8 }, () => convert(id)));
    expect(all.filter((c) => c.created)).toHaveLength(1);
    expect(new Set(all.map((c) => c.deal.id)).size).toBe(1);
    expect(await ground.ours.deal.count({ where: { leadId: id } })).toBe(1);
    expect(await ground.ours.contact.count({ where: { email: address } })).toBe(1);
  });

  it('shares the contact between leads with one e-mail, also at once, and only fills what is empty', async () => {
    const address = email();
    const ids = await Promise.all(
      [1, 2, 3, 4].map((n) => lead({ email: address, name: `Name ${n}`, tags: [`t${n}`] })),
    );
    const all = await Promise.all(ids.map((id) => convert(id)));
    expect(new Set(all.map((c) => c.contact.id)).size).toBe(1);
    const contact = await ground.ours.contact.findUniqueOrThrow({
      where: keyOf(ground.ours, all[0]!.contact.id),
    });
    expect([...contact.tags].sort()).toEqual(['t1', 't2', 't3', 't4']);
  });

  it('keeps what the contact has, and that it may not be contacted', async () => {
    const address = email();
    const given = { name: 'Countess', email: address, company: 'Analytical', status: 'DO_NOT_CONTACT' };
    const known = await dataApi.create(ground.ours, 'Contact', given);
    const id = await lead({ email: address.toUpperCase(), company: 'Other', phone: '5125550111' });
    const { contact } = await convert(id);
    expect(contact).toMatchObject({ ...given, id: known.id, phone: '+15125550111', tags: ['buyer'] });
  });

  it('takes no contact of another organization, nor an archived one', async () => {
    const address = email();
    const foreign = await dataApi.create(ground.theirs, 'Contact', { name: 'Theirs', email: address });
    const old = await dataApi.create(ground.ours, 'Contact', { name: 'Old', email: address });
    await archiveRecord(ground.ours, 'contact', old.id);
    const id = await lead({ email: address });
    await expect(convert(id, { contactId: foreign.id })).rejects.toMatchObject({ code: 'REFERENCE_MISSING' });
    const { contact } = await convert(id);
    expect([foreign.id, old.id]).not.toContain(contact.id);
  });

  it('finds the contact again after it was merged into another', async () => {
    const id = await lead({ email: email() });
    const { contact } = await convert(id);
    const other = await dataApi.create(ground.ours, 'Contact', { name: 'Ada L.' });
    await mergeContacts(ground.ours, other.id, contact.id);
    expect((await convert(id)).contact.id).toBe(other.id);
  });

  it('needs a value where the lead has no budget', async () => {
    const id = await lead({ budget: null });
    await expect(convert(id)).rejects.toMatchObject({
      code: 'DEAL_VALUE_MISSING',
      fields: [{ field: 'value' }],
    });
    const { deal } = await convert(id, { value: '99.90', currency: 'EUR' });
    expect([deal.value.toFixed(2), deal.currency]).toEqual(['99.90', 'EUR']);
  });

  it.each(['LOST', 'UNQUALIFIED'])(
    'is refused for a lead that is %s, and nothing is made',
    async (status) => {
      const address = email();
      const id = await lead({ status, email: address });
      await expect(convert(id)).rejects.toMatchObject({ code: 'LEAD_NOT_OPEN' });
      expect(await ground.ours.contact.count({ where: { email: address } })).toBe(0);
    },
  );

  it('is refused for an archived lead, one of another organization, and one that was converted elsewhere', async () => {
    const id = await lead();
    await archiveRecord(ground.ours, 'lead', id);
    await expect(convert(id)).rejects.toMatchObject({ code: 'RECORD_ARCHIVED' });
    await expect(convertLead(ground.theirs, id, {}, plan)).rejects.toMatchObject({ kind: 'missing' });
    const imported = await ground.ours.lead.create({ data: { name: 'Imported', status: 'CONVERTED' } });
    await expect(convert(imported.id)).rejects.toMatchObject({ code: 'LEAD_CONVERTED' });
  });

  it('keeps to the plan: where there is no room for a contact, the lead stays as it was', async () => {
    const id = await lead({ email: email() });
    const tight = { tier: 'FREE', limits: { ...LIMITS.FREE, contacts: 0 } } as const;
    await expect(convertLead(ground.ours, id, {}, tight)).rejects.toMatchObject({
      code: 'PLAN_LIMIT_REACHED',
    });
    const after = await ground.ours.lead.findUniqueOrThrow({ where: keyOf(ground.ours, id) });
    expect(after.status).toBe('NEW_LEAD');
  });
});
