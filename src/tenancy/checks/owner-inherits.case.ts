import type { Case } from './testing/case.ts';

export const cases: readonly Case[] = [
  {
    finds: 'an owner that inherits the platform',
    breaks: (version) =>
      version >= 16
        ? 'GRANT lotline_platform TO lotline_owner WITH INHERIT TRUE'
        : 'ALTER ROLE lotline_owner INHERIT; REVOKE lotline_custodian, lotline_public_reader FROM lotline_owner',
    object: 'lotline_owner lotline_platform',
  },
];
