import type { Case } from './testing/case.ts';

const users = (condition: string) =>
  `CREATE POLICY extra ON public.users FOR SELECT TO lotline_app USING (${condition})`;
const USER = '(SELECT app.current_user_id())';

export const cases: readonly Case[] = [
  {
    finds: 'a null that opens',
    breaks: users(`${USER} IS NULL OR id = ${USER}`),
    object: 'users.extra USING',
  },
  {
    finds: 'the same in disguise',
    breaks: users(`NOT (${USER} IS NOT NULL) OR id = ${USER}`),
    object: 'users.extra USING',
  },
  {
    finds: 'a comparison that falls back to true',
    breaks: users(`COALESCE(id = ${USER}, true)`),
    object: 'users.extra USING',
  },
  {
    finds: 'what is not known to be an admin',
    breaks: users(`(id = ${USER}) IS NOT FALSE`),
    object: 'users.extra USING',
  },
];

export const nearMisses: readonly string[] = [
  'CREATE POLICY extra ON public.users FOR SELECT TO lotline_app USING (deleted_at IS NULL AND id = (SELECT app.current_user_id()))',
  'CREATE POLICY extra ON public.users FOR SELECT TO lotline_app USING (NOT (id IS DISTINCT FROM (SELECT app.current_user_id())))',
  'CREATE POLICY extra ON public.users FOR SELECT TO lotline_app USING (COALESCE(id = (SELECT app.current_user_id()), false))',
];
