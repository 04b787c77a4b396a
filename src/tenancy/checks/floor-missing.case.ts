import { type Case, ORG } from './testing/case.ts';

export const cases: readonly Case[] = [
  {
    finds: 'a table without its floor',
    breaks: 'DROP POLICY leads_floor ON public.leads',
    object: 'leads lotline_app',
    mend: `CREATE POLICY leads_floor ON public.leads AS RESTRICTIVE TO lotline_app USING (${ORG}) WITH CHECK (${ORG})`,
  },
  {
    finds: 'a floor that kept its name and holds nothing',
    breaks: 'ALTER POLICY leads_floor ON public.leads USING (true)',
    object: 'leads lotline_app',
    mend: `ALTER POLICY leads_floor ON public.leads USING (${ORG})`,
  },
  {
    finds: 'a floor whose new rows are not held',
    breaks: `ALTER POLICY leads_floor ON public.leads WITH CHECK (${ORG} OR name = '')`,
    object: 'leads lotline_app',
    mend: `ALTER POLICY leads_floor ON public.leads WITH CHECK (${ORG})`,
  },
  {
    finds: 'a floor that leaves the ingest role out',
    breaks: 'ALTER POLICY page_views_floor ON public.page_views TO lotline_app',
    object: 'page_views lotline_ingest',
    mend: 'ALTER POLICY page_views_floor ON public.page_views TO lotline_app, lotline_ingest',
  },
  {
    finds: 'a catalogue whose updates have no floor',
    breaks: 'DROP POLICY marketplace_tools_floor_update ON public.marketplace_tools',
    object: 'marketplace_tools lotline_app',
    mend: `CREATE POLICY floor ON public.marketplace_tools AS RESTRICTIVE FOR UPDATE TO lotline_app USING (${ORG}) WITH CHECK (${ORG})`,
  },
];
