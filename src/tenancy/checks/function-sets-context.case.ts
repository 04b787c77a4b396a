import type { Case } from './testing/case.ts';

export const cases: readonly Case[] = [
  {
    finds: 'a function with a context of its own',
    breaks: "ALTER FUNCTION app.my_organizations() SET app.context = 'x'",
    object: 'app.my_organizations app.context',
  },
  {
    finds: 'a function without rules',
    breaks: 'ALTER FUNCTION app.my_organizations() SET session_replication_role = replica',
    object: 'app.my_organizations session_replication_role',
  },
];
