import { expect, it } from 'vitest';
import { policiesPage } from './policies-page.ts';
import { column, model, sourceOf } from './testing/example.ts';

const ORG = 'organization_id = (select app.current_organization_id())';

const lead = model('Lead', {
  columns: [column('id'), column('organization_id'), column('note')],
  policies: [
    { name: 'floor', operation: 'all', roles: ['app'], permissive: false, using: ORG, check: ORG },
    { name: 's', operation: 'select', roles: ['app'], permissive: true, using: `is_open OR ${ORG}` },
    {
      name: 'u',
      operation: 'update',
      roles: ['app'],
      permissive: true,
      using: ORG,
      check: `${ORG} AND open || shut`,
    },
    { name: 'p', operation: 'all', roles: ['platform'], permissive: true, using: 'true', check: 'true' },
  ],
  grants: [
    { role: 'app', privilege: 'select' },
    { role: 'app', privilege: 'update', columns: ['note'] },
    { role: 'platform', privilege: 'select' },
  ],
});
const page = policiesPage(sourceOf(lead));

it('shows the condition of every operation, and a dash where there is none', () => {
  expect(page).toContain(
    '| `app` | `is_open OR ORG` | – | `ORG` → `ORG AND open \\|\\| shut` (columns) | – |',
  );
});

it('shows nothing where a policy stands without the privilege', () => {
  expect(page).toContain('| `platform` | always | – | – | – |');
});

it('names the floor and the columns of a limited privilege', () => {
  expect(page).toContain('* Floor: `ORG` for every operation of `app`');
  expect(page).toContain('* Columns of UPDATE for `app`: `note`');
});
