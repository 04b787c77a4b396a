import type { Db } from '../../db.ts';

/** Contacts that may be the same person, and by what. */
export interface Duplicates {
  readonly by: 'email' | 'phone' | 'name';
  /** The value they share, as it is compared. */
  readonly value: string;
  readonly contacts: readonly { id: string; name: string; email: string | null; phone: string | null }[];
}

/** Contacts shown of one group; `mergeContacts` takes two at a time. */
const SHOWN = 20;

/**
 * Groups of live contacts with the same e-mail (which is kept in lower case), telephone (digits, the leading 1 of North America
 * aside, seven at least) or name (case, space and punctuation aside). Those that share more stand under the surest: e-mail,
 * then telephone, then name. Largest groups first.
 * @param limit groups, 1 to 200
 */
export async function duplicateContacts(db: Db, limit = 50): Promise<Duplicates[]> {
  return db.$queryRaw<Duplicates[]>`
    WITH live AS MATERIALIZED (
      SELECT id, created_at,
        email AS same_email,
        regexp_replace(regexp_replace(phone, '[^0-9]', '', 'g'), '^1(?=[0-9]{10}$)', '') AS same_phone,
        nullif(btrim(regexp_replace(lower(name), '[^[:alnum:]]+', ' ', 'g')), '') AS same_name
      FROM contacts WHERE archived_at IS NULL
    ), keyed AS (
      SELECT 1 AS rank, 'email' AS by, same_email AS value, live.* FROM live WHERE same_email IS NOT NULL
      UNION ALL
      SELECT 2, 'phone', same_phone, live.* FROM live WHERE char_length(same_phone) >= 7
      UNION ALL
      SELECT 3, 'name', same_name, live.* FROM live WHERE same_name IS NOT NULL
    ), groups AS (
      SELECT rank, by, value, count(*) AS size, array_agg(id ORDER BY created_at, id) AS ids
      FROM keyed GROUP BY rank, by, value HAVING count(*) > 1
    ), surest AS (
      SELECT DISTINCT ON (ids) rank, by, value, size, ids FROM groups ORDER BY ids, rank
    ), first AS (
      SELECT rank, by, value, size, ids FROM surest ORDER BY size DESC, rank, value LIMIT ${limit}
    )
    SELECT first.by, first.value,
      (SELECT jsonb_agg(jsonb_build_object('id', c.id, 'name', c.name, 'email', c.email, 'phone', c.phone)
         ORDER BY c.created_at, c.id)
       FROM contacts AS c WHERE c.id = ANY (first.ids[1:${SHOWN}])) AS contacts
    FROM first ORDER BY first.size DESC, first.rank, first.value`;
}
