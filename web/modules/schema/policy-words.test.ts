import { describe, expect, it } from 'vitest';
import { accessOf, conditionWords, splitTop } from './policy-words.ts';

const ORG = '(organization_id = ( SELECT app.current_organization_id()))';

describe('policies in words', () => {
  it.each([
    [ORG, 'it belongs to their organization'],
    ['user_id = (select app.current_user_id())', 'they are its user'],
    ['id = app.current_user_id()', 'it is their own'],
    [
      `${ORG} AND status IN ('DRAFT', 'ARCHIVED')`,
      'it belongs to their organization and its status is draft or archived',
    ],
    ["status = 'IN_REVIEW'", 'its status is in review'],
    ['deleted_at IS NULL', 'its deleted at is empty'],
    ['(select app.is_org_admin()) OR published', 'they are an owner or admin, or “published” holds'],
    ['true', 'it is any row'],
    ['app.is_colleague(id)', '“app.is_colleague(id)” holds'],
  ])('says of %s that %s', (sql, words) => expect(conditionWords(sql)).toBe(words));

  it('splits only at words outside brackets and quotes', () => {
    expect(splitTop("a = 'x AND y' AND (b OR c AND d) AND e", 'AND')).toEqual([
      "a = 'x AND y'",
      '(b OR c AND d)',
      'e',
    ]);
  });

  it('says that nobody may where there is no privilege or no policy', () => {
    const policy = { operation: 'all', roles: ['lotline_app'], permissive: true, using: ORG, check: ORG };
    const access = accessOf(
      'lotline_app',
      [policy],
      [
        { role: 'lotline_app', privilege: 'select' },
        { role: 'lotline_app', privilege: 'update', columns: ['name'] },
      ],
    );
    expect(access.map((a) => a.words)).toEqual([
      'Members read all rows of their organization.',
      'Nobody adds rows.',
      'Members change all rows of their organization. Only some of its columns.',
      'Nobody deletes rows.',
    ]);
  });
});
