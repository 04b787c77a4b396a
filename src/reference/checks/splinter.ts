import type { OtherTool } from './other-tool.ts';

const TRAFFIC =
  'needs the statistics of a server that has served; a check reads what the schema says, the same on an empty database';
const SUPABASE = 'is about a part of Supabase that is not there';

export const splinter: OtherTool = {
  name: 'splinter',
  about: 'supabase/splinter, the lints of Supabase’s database advisor: 28 in SQL, one in its documentation.',
  rules: [
    ['0001', 'foreign key without index'],
    ['0002', 'users of the sign-in shown by a view'],
    ['0003', 'context read once per row'],
    ['0004', 'no primary key'],
    ['0005', 'index that is never used', TRAFFIC],
    ['0006', 'several permissive policies for one role and operation'],
    ['0007', 'policies, but row security off'],
    ['0008', 'row security on, no policy'],
    ['0009', 'two equal indexes'],
    ['0010', 'view with the rights of its owner'],
    ['0011', 'function with an open search_path'],
    ['0012', 'policies that admit anonymous sign-ins', `${SUPABASE}; who has no context sees nothing`],
    ['0013', 'exposed table without row security'],
    ['0014', 'extension in public'],
    ['0015', 'policy on metadata that the user may edit'],
    ['0016', 'exposed materialized view'],
    ['0017', 'exposed foreign table'],
    ['0018', 'reg* column that blocks pg_upgrade'],
    ['0019', 'exposed queue table'],
    ['0020', 'table bloat', TRAFFIC],
    ['0021', 'foreign key to a unique column of the sign-in that is no primary key', SUPABASE],
    ['0022', 'extension not at its default version'],
    ['0023', 'sensitive columns without row security'],
    ['0024', 'policy for writing that is always true'],
    ['0025', 'public bucket that can be listed', SUPABASE],
    ['0026', 'object that GraphQL shows to anonymous visitors', SUPABASE],
    ['0027', 'object that GraphQL shows to all who signed in', SUPABASE],
    ['0028', 'definer function that anonymous visitors may call'],
    ['0029', 'definer function that all who signed in may call'],
  ],
};
