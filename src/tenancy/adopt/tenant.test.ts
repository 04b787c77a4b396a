import { describe, expect, it } from 'vitest';
import { adopt } from './adopt.ts';
import { foreignSchema } from './read.ts';

const person = `model User {
  id    Int    @id
  email String @unique
  ROWS
}
`;
/** A schema of small models: `Name: Target Target?` for each, all with numbered keys. */
const schema = (...models: string[]) => {
  const parsed = models.map((m) => {
    const [name = '', list = ''] = m.split(':');
    return { name, targets: list.trim().split(/\s+/).filter(Boolean) };
  });
  const back = (name: string) =>
    parsed.flatMap((m) =>
      m.targets.flatMap((t, i) =>
        t.replace('?', '') === name ? [`r${m.name}${i} ${m.name}[] @relation("${m.name}${i}")`] : [],
      ),
    );
  const text = parsed.map(({ name, targets }) => {
    const fields = targets.map((t, i) => {
      const model = t.replace('?', '');
      const mark = t.endsWith('?') ? '?' : '';
      return `f${i}Id Int${mark}\n  f${i} ${model}${mark} @relation("${name}${i}", fields: [f${i}Id], references: [id])`;
    });
    const pair =
      targets.length === 2 && name.endsWith('Member') ? ['@@unique([f0Id, f1Id])', 'role String'] : [];
    return `model ${name} {\n  id Int @id\n  ${[...fields, ...back(name), ...pair].join('\n  ')}\n}\n`;
  });
  return foreignSchema([['s.prisma', person.replace('ROWS', back('User').join('\n  ')) + text.join('\n')]]);
};

describe('finding the tenant', () => {
  it('goes by structure where the name says nothing', async () => {
    const found = await adopt(
      schema('Hive:', 'HiveMember: Hive User', 'Frame: Hive', 'Cell: Frame', 'Bee: Hive', 'Swarm: Hive'),
    );
    expect(found.choice.evidence).toMatchObject({ model: 'Hive', named: false, membership: 'HiveMember' });
  });

  it('takes the outer of two that lie inside one another, and names the inner', async () => {
    const found = await adopt(
      schema(
        'Organization:',
        'OrganizationMember: Organization User',
        'Team: Organization',
        'TeamMember: Team User',
        'Doc: Team',
        'Page: Doc',
        'Tag: Team',
      ),
    );
    expect(found.choice.tenant.model).toBe('Organization');
    expect(found.choice.others.map((o) => o.model)).toEqual(['Team']);
  });

  const rivals = () =>
    schema(
      'Team:',
      'TeamMember: Team User',
      'A: Team',
      'B: Team',
      'Company:',
      'CompanyMember: Company User',
      'C: Company',
      'D: Company',
    );

  it('names the candidates and gives up where two speak equally for themselves', async () => {
    await expect(adopt(rivals())).rejects.toMatchObject({
      code: 'ADOPT_TENANT_AMBIGUOUS',
      message: expect.stringMatching(/Team: 3 models point at it.*\n.*Company: 3 models/),
    });
  });

  it('follows the person who names it', async () => {
    expect((await adopt(rivals(), { tenant: 'Company' })).choice.tenant.model).toBe('Company');
  });

  it('refuses a name that is no model, and suggests one that is nearly it', async () => {
    await expect(adopt(rivals(), { tenant: 'company' })).rejects.toMatchObject({
      code: 'ADOPT_TENANT_UNKNOWN',
      hint: 'did you mean --tenant Company?',
    });
  });

  it('says so where nothing looks like a tenant', async () => {
    await expect(adopt(schema('A: User', 'B: User', 'C: A', 'D: B'))).rejects.toMatchObject({
      code: 'ADOPT_TENANT_NONE',
    });
  });
});
