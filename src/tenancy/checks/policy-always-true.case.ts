import { type Case, ORG, select } from './testing/case.ts';

export const cases: readonly Case[] = [
  { finds: 'USING (true)', breaks: select('true'), object: 'leads.extra USING' },
  {
    finds: '… OR true',
    breaks: select(`${ORG} OR true`),
    object: 'leads.extra USING',
  },
  { finds: '1 = 1', breaks: select('1 = 1'), object: 'leads.extra USING' },
  {
    finds: 'NOT false',
    breaks: select('NOT false'),
    object: 'leads.extra USING',
  },
  {
    finds: 'a column equal to itself',
    breaks: select('id = id'),
    object: 'leads.extra USING',
  },
  {
    finds: 'a condition and its opposite',
    breaks: select('email IS NULL OR email IS NOT NULL'),
    object: 'leads.extra USING',
  },
  {
    finds: 'a table of the platform that was opened',
    breaks: 'ALTER POLICY ai_tools_select ON public.ai_tools USING (true)',
    object: 'ai_tools.ai_tools_select USING',
    mend: 'ALTER POLICY ai_tools_select ON public.ai_tools USING (is_active)',
  },
];
