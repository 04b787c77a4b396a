import { expect, it } from 'vitest';
import { nameOf } from './run.ts';

it.each([
  ['crm.score-leads', 'Score leads', 'crm'],
  ['transactions.expire-signature-requests', 'Expire signature requests', 'transactions'],
  ['sweep', 'Sweep', ''],
])('reads %s as “%s” of “%s”', (name, what, module) => {
  expect(nameOf(name)).toEqual({ what, module });
});
