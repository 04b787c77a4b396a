import { quoteIdent } from '../../database/quote.ts';
import { applicationRoles } from './facts/roles.ts';
import type { Check } from './runner/check.ts';

export const check: Check = {
  name: 'application-role-owns',
  title: 'A role of the application owns something',
  why: 'An owner may change, grant or drop its object. The platform owns definer functions, readers own their views; nobody else owns anything.',
  mend: '`ALTER … OWNER TO` the owner of the tables.',
  also: ['pgrls SEC048'],
  level: 'error',
  async run({ client, roles }) {
    const { rows } = await client.query<{ role: string; type: string; identity: string; class: string }>(
      `SELECT pg_get_userbyid(d.refobjid)::text AS role, i.type, i.identity, d.classid::regclass::text AS class
       FROM pg_shdepend d CROSS JOIN LATERAL pg_identify_object(d.classid, d.objid, d.objsubid) i
       WHERE d.deptype = 'o' AND pg_get_userbyid(d.refobjid) = ANY ($1::name[])
         AND (d.dbid = (SELECT oid FROM pg_database WHERE datname = current_database())
           OR d.dbid = 0 AND d.classid = 'pg_database'::regclass
             AND d.objid = (SELECT oid FROM pg_database WHERE datname = current_database()))
       ORDER BY 1, 3`,
      [applicationRoles(roles)],
    );
    return rows
      .filter(
        ({ role, type }) =>
          !(role === roles.platform && type === 'function') &&
          !(roles.readers.includes(role) && type === 'view'),
      )
      .map(({ role, type, identity }) => ({
        object: `${role} ${identity}`,
        detail: `${role} owns the ${type} ${identity}.`,
        remedy: `hand it over: \`ALTER ${type.toUpperCase()} ${identity} OWNER TO ${quoteIdent(roles.owner)};\``,
      }));
  },
};
