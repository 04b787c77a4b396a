import { expect, it } from 'vitest';
import { shorthand } from './conditions.ts';

it('names the comparison with the current organization ORG, in either compile target', () => {
  expect(shorthand('organization_id = (select app.current_organization_id())', 'organization_id')).toBe(
    'ORG',
  );
  expect(shorthand('organization_id = app.current_organization_id()', 'organization_id')).toBe('ORG');
});

it('leaves a comparison of another column with the organization as it is', () => {
  const sql = 'publisher_id = (select app.current_organization_id())';
  expect(shorthand(sql, 'organization_id')).toBe(sql);
});

it('names the user and the admin', () => {
  expect(
    shorthand('"user_id" = (select app.current_user_id()) AND (select app.is_org_admin())', undefined),
  ).toBe('SELF(user_id) AND ADMIN');
});
