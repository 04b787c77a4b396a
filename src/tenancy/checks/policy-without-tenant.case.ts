import { type Case, DROP, ORG, select } from './testing/case.ts';

export const cases: readonly Case[] = [
  {
    finds: 'a policy that does not compare the tenant',
    breaks: select("name <> ''"),
    object: 'leads.extra USING',
    mend: DROP,
  },
  {
    finds: 'a policy with a way round the tenant',
    breaks: select(`${ORG} OR name = 'shared'`),
    object: 'leads.extra USING',
    mend: DROP,
  },
  {
    finds: 'an inverted comparison',
    breaks: select('organization_id <> (SELECT app.current_organization_id())'),
    object: 'leads.extra USING',
    mend: DROP,
  },
  {
    finds: 'a comparison with another column',
    breaks: select('id = (SELECT app.current_organization_id())'),
    object: 'leads.extra USING',
    mend: DROP,
  },
  {
    finds: 'an update that may move rows to another tenant',
    breaks: "ALTER POLICY leads_update ON public.leads WITH CHECK (name <> '')",
    object: 'leads.leads_update WITH CHECK',
    mend: `ALTER POLICY leads_update ON public.leads WITH CHECK (${ORG})`,
  },
  {
    finds: 'a catalogue that shows everything',
    breaks: `ALTER POLICY marketplace_tools_select ON public.marketplace_tools USING (true OR ${ORG})`,
    object: 'marketplace_tools.marketplace_tools_select USING',
    mend: `ALTER POLICY marketplace_tools_select ON public.marketplace_tools USING (published_at IS NOT NULL OR ${ORG})`,
  },
];
