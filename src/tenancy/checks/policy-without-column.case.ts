import type { Case } from './testing/case.ts';

export const cases: readonly Case[] = [
  {
    finds: 'a table for whoever is signed in',
    breaks:
      'CREATE POLICY extra ON public.users FOR SELECT TO lotline_app USING ((SELECT app.current_user_id()) IS NOT NULL)',
    object: 'users.extra USING',
    mend: 'DROP POLICY extra ON public.users',
  },
];
