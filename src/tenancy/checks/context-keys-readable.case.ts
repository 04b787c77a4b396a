import type { Case } from './testing/case.ts';

export const cases: readonly Case[] = [
  {
    finds: 'a column of the context keys that the application may read',
    breaks: 'GRANT SELECT (inner_pad) ON app.context_keys TO lotline_app',
    object: 'app.context_keys lotline_app',
  },
  {
    finds: 'context keys that belong to the platform',
    breaks:
      'ALTER TABLE app.context_keys OWNER TO lotline_platform; REVOKE ALL ON app.context_keys FROM lotline_owner',
    object: 'app.context_keys',
  },
];
