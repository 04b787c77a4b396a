import { readFileSync } from 'node:fs';
import { quoteIdent as q, quoteLiteral } from '../database/quote.ts';
import { asPlatform } from './as-platform.ts';
import type { Boundary, BoundaryModel, Roles } from './boundary.ts';
import { sparingCustodian } from './custodian.ts';
import type { Piece } from './emit.ts';

const read = (file: string) => readFileSync(new URL(`./sql/${file}`, import.meta.url), 'utf8').trim();

/** The table with the name of the channel on which changes are told; only where the schema has a log of changes. */
export function channelPiece({ changelog, roles }: Boundary): Piece[] {
  if (!changelog) return [];
  const sql = read('change-channel.sql')
    .replaceAll('{{owner}}', roles.owner)
    .replaceAll('{{platform}}', roles.platform);
  const also = ['rls', 'policy', 'column', 'constraint', 'grants'];
  return [
    {
      key: 'table app.change_channel',
      makes: (key) => also.some((a) => key.startsWith(`${a} `)) && / ?app\.change_channel(\.|$)/.test(key),
      sql,
      drop: '',
    },
  ];
}

/** The function that records changes, and on each table the three triggers that call it. */
export function changePieces(boundary: Boundary): Piece[] {
  const { changelog, models, roles } = boundary;
  if (!changelog) return [];
  const { table, tenantColumn, members } = changelog;
  const known = members
    ? `(SELECT member.${q(members.person)} FROM public.${q(members.table)} AS member WHERE member.${q(members.tenant)} = tenant AND member.${q(members.person)} = app.current_user_id())`
    : 'app.current_user_id()';
  const body = read('record-changes.sql')
    .replaceAll('{{log}}', `public.${q(table)}`)
    .replaceAll('{{log_tenant}}', q(tenantColumn))
    .replaceAll('{{person}}', known)
    .replaceAll('{{platform}}', roles.platform)
    .replaceAll('{{custodian}}', roles.custodian);
  const rights = `REVOKE EXECUTE ON FUNCTION app.record_changes FROM PUBLIC;\nGRANT EXECUTE ON FUNCTION app.record_changes TO ${roles.owner};`;
  return [
    { key: 'function app.record_changes', sql: asPlatform(`${body}\n${rights}`, roles), drop: '' },
    ...models.flatMap((m) => triggerPieces(m, roles)),
  ];
}

/** A statement of several kinds fires several triggers, since a transition table wants a trigger of one event. */
const EVENTS = [
  ['insert', 'NEW TABLE AS new_rows'],
  ['update', 'OLD TABLE AS old_rows NEW TABLE AS new_rows'],
  ['delete', 'OLD TABLE AS old_rows'],
] as const;

/** `<table>.<trigger>` of each trigger that records changes. */
export function changeTriggers({ table, changes }: BoundaryModel): string[] {
  return changes ? EVENTS.map(([event]) => `${table}.record_${event}`) : [];
}

function triggerPieces({ table, tenantColumn, changes }: BoundaryModel, { custodian }: Roles): Piece[] {
  if (!changes) return [];
  const { kind, key, person = '', resource, withheld, nested } = changes;
  // Who changed it when is said by the log itself.
  const left = [tenantColumn, key, 'created_at', 'updated_at'].filter((c) => c !== undefined);
  const argument = [
    kind,
    tenantColumn ?? key,
    key,
    person,
    resource,
    left.join(),
    withheld.join(),
    nested.join(),
  ]
    .map((a) => quoteLiteral(a).trim())
    .join(', ');
  return EVENTS.map(([event, rows]) => {
    const name = `record_${event}`;
    const sql = `CREATE TRIGGER ${name} AFTER ${event.toUpperCase()} ON public.${q(table)} REFERENCING ${rows}\nFOR EACH STATEMENT EXECUTE FUNCTION app.record_changes(${argument});`;
    return {
      key: `trigger ${table}.${name}`,
      sql: sparingCustodian(sql, custodian),
      drop: `DROP TRIGGER IF EXISTS ${name} ON public.${q(table)};`,
    };
  });
}
