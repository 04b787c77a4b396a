import type { Case } from './testing/case.ts';

export const cases: readonly Case[] = [
  {
    finds: 'deleting that no policy admits',
    breaks: 'GRANT DELETE ON public.users TO lotline_app',
    object: 'users lotline_app',
  },
  {
    finds: 'a column that no policy lets be written',
    breaks: 'DROP POLICY users_update ON public.users',
    object: 'users lotline_app',
  },
];
