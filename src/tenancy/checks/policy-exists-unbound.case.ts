import { type Case, DROP, ORG, select } from './testing/case.ts';

export const cases: readonly Case[] = [
  {
    finds: 'whether there is an owner',
    breaks: select(`${ORG} OR EXISTS (SELECT 1 FROM public.organization_members m WHERE m.role = 'OWNER')`),
    object: 'leads.extra USING',
    mend: DROP,
  },
];

export const nearMisses: readonly string[] = [
  select(
    `${ORG} AND EXISTS (SELECT 1 FROM public.organization_members m WHERE m.user_id = (SELECT app.current_user_id()))`,
  ),
  select(`${ORG} AND EXISTS (SELECT 1 FROM public.contacts c WHERE c.id = leads.id)`),
];
