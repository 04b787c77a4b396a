import { describe, expect, it } from 'vitest';
import { adopt } from './adopt.ts';
import { foreignSchema } from './read.ts';
import { CLINICS, CLUBS } from './testing/schemas.ts';

const scopesOf = async (text: string) => {
  const adoption = await adopt(foreignSchema([['schema.prisma', text]]));
  return { adoption, scopes: Object.fromEntries(adoption.proposals.map((p) => [p.table.model, p.scope])) };
};

describe('the proposal of scopes', () => {
  it('finds tenant, people, and what belongs to whom', async () => {
    const { adoption, scopes } = await scopesOf(CLUBS);
    expect(adoption.choice.tenant.model).toBe('Club');
    expect(adoption.choice.evidence.membership).toBe('Member');
    expect(adoption.person?.model).toBe('User');
    expect(scopes).toEqual({
      Club: 'tenant-root',
      User: 'identity',
      Session: 'identity',
      Member: 'tenant',
      Boat: 'tenant',
      BoatSetting: 'child',
      Outing: 'tenant',
      Repair: 'child',
      RepairPart: 'child',
      Label: 'tenant',
      Post: 'tenant-or-user',
      Comment: 'child',
      Note: 'identity',
      Drawing: 'tenant',
      Picture: 'unknown',
      Builder: 'unknown',
      Weather: 'tenant',
      VerificationToken: 'platform',
    });
  });

  it('is less sure of what only a name says, and says why', async () => {
    const { adoption } = await scopesOf(CLUBS);
    const weather = adoption.proposals.find((p) => p.table.model === 'Weather')!;
    expect(weather).toMatchObject({ confidence: 'medium', tenantColumn: 'clubId' });
    expect(weather.reason).toMatch(/without a relation/);
    const picture = adoption.proposals.find((p) => p.table.model === 'Picture')!;
    expect(picture.reason).toMatch(/parts of Drawing, but the key stands on that side/);
  });

  it('knows mapped names, numbered keys, composite keys and schemas', async () => {
    const { adoption, scopes } = await scopesOf(CLINICS);
    expect(scopes).toEqual({
      Company: 'tenant-root',
      User: 'identity',
      CompanyUser: 'tenant',
      Ward: 'tenant',
      Bed: 'child',
      Patient: 'tenant',
    });
    expect(adoption.boundary).toMatchObject({ tenantType: 'int4', userType: 'int8' });
    expect(adoption.boundary.models.find((m) => m.model === 'Bed')).toMatchObject({
      schema: 'care',
      table: 'beds',
      parents: [{ columns: ['ward_id'], target: 'Ward', targetColumns: ['id'] }],
    });
  });

  it('opens nothing that it does not know', async () => {
    const { adoption } = await scopesOf(CLUBS);
    for (const name of ['Picture', 'Builder', 'VerificationToken']) {
      const model = adoption.boundary.models.find((m) => m.model === name)!;
      expect(model.grants.filter((g) => g.role === 'lotline_app')).toEqual([]);
    }
  });

  it('lists what it does not look at', async () => {
    const { adoption: clinics } = await scopesOf(CLINICS);
    expect(clinics.unread.join('\n')).toMatch(/view Census: .*security_invoker/);
    expect(clinics.unread.join('\n')).toMatch(/Patient\.shape has a type that Prisma does not support/);
    const { adoption: clubs } = await scopesOf(CLUBS);
    expect(clubs.unread.join('\n')).toMatch(/Weather\.targetId names rows of several tables/);
  });
});

describe('crossing keys', () => {
  it('tells composite keys, guards and paths apart', async () => {
    const { adoption } = await scopesOf(CLUBS);
    const kinds = adoption.bonds.map((b) => `${b.from.table.model}.${b.reference.columns.join()} ${b.kind}`);
    expect(kinds.sort()).toEqual(
      [
        'BoatSetting.boatId path',
        'Comment.postId path',
        'Outing.afterId composite',
        'Outing.boatId composite',
        'Repair.boatId path',
        'RepairPart.repairId path',
        '_BoatToLabel.A path',
        '_BoatToLabel.B guard',
      ].sort(),
    );
  });

  it('lists unique keys that one tenant can run into, not generated ones', async () => {
    const { adoption } = await scopesOf(CLUBS);
    expect(adoption.uniques.map((u) => `${u.proposal.table.model} ${u.columns.join()}`)).toEqual([
      'Boat hull',
    ]);
    expect(adoption.nullable.map((p) => p.table.model)).toEqual(['Post']);
  });
});
