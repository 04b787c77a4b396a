import { describe, expect, it } from 'vitest';
import { adopt } from './adopt.ts';
import { foreignSchema } from './read.ts';
import { CLINICS, CLUBS } from './testing/schemas.ts';

const annotated = async (text: string, options = {}) => {
  const adoption = await adopt(foreignSchema([['schema.prisma', text]]), options);
  return adoption.annotated[0]![1];
};

/** The text without the doc lines that adoption inserts. */
const without = (text: string) =>
  text
    .split('\n')
    .filter((line) => !/^\/\/\/ (@scope|@allow|Not classified:)/.test(line))
    .join('\n');

describe('the annotated schema', () => {
  it.each([
    ['line feeds', CLUBS],
    ['carriage returns', CLUBS.replaceAll('\n', '\r\n')],
    ['mapped names', CLINICS],
  ])('keeps every other byte: %s', async (_, text) => {
    expect(without(await annotated(text))).toBe(text);
  });

  it('says the scope in SQL names, below the description that is there', async () => {
    const text = await annotated(CLUBS);
    expect(text).toContain('/// Moored at the club.\n/// @scope tenant(clubId)\nmodel Boat {');
    expect(text).toContain('/// @scope tenant-or-user(authorId, clubId)\nmodel Post {');
    expect(text).toContain('/// @scope identity(userId)\nmodel Session {');
    expect(text).toMatch(
      /\/\/\/ Not classified: its rows are parts of Drawing.*\n\/\/\/ @scope platform\(nobody\)\nmodel Picture/,
    );
    expect(await annotated(CLINICS)).toContain('/// @scope child(ward_id)\nmodel Bed {');
  });

  it('is adopted again to the same end', async () => {
    const once = await adopt(foreignSchema([['schema.prisma', CLUBS]]));
    const twice = await adopt(foreignSchema(once.annotated));
    expect(twice.annotated).toEqual(once.annotated);
    expect(twice.steps).toEqual(once.steps);
  });

  it('takes what a person states over what it would propose', async () => {
    const text = (await annotated(CLUBS)).replace(
      /\/\/\/ Not classified:.*\n\/\/\/ @scope platform\(nobody\)\nmodel Builder/,
      '/// @scope platform(true)\nmodel Builder',
    );
    const { boundary } = await adopt(foreignSchema([['schema.prisma', text]]));
    const grants = boundary.models.find((m) => m.model === 'Builder')!.grants;
    expect(grants.filter((g) => g.role === 'lotline_app')).toEqual([
      { role: 'lotline_app', privilege: 'select' },
    ]);
  });

  it('tells a stated scope that cannot be, with file and line', async () => {
    const text = CLUBS.replace('/// Moored at the club.', '/// @scope tenant(club_id)');
    await expect(adopt(foreignSchema([['schema.prisma', text]]))).rejects.toMatchObject({
      code: 'ANNOTATION_INVALID',
      message: expect.stringMatching(/schema\.prisma:\d+: @scope: Boat has no column "club_id"/),
    });
  });

  it('adds a column with its scope where one is wanted', async () => {
    const text = await annotated(CLUBS, { denormalise: true });
    expect(text).toContain(
      '/// @scope tenant(clubId)\nmodel Repair {\n  clubId String @default(dbgenerated("app.current_organization_id()"))\n  @@index([clubId], map: "Repair_tenant_idx")',
    );
    expect(text).toContain('/// @scope child(postId)\nmodel Comment {');
  });
});
