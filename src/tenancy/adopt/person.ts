import { plain, type Table } from './tables.ts';

const NAMES = /^(users?|persons?|people|accounts?|auths?|identit(y|ies)|profiles?)$/;
/** Columns that only rows about signing in have. */
const CREDENTIALS =
  /^(sessiontoken|provideraccountid|provideruserid|refreshtoken|idtoken|credentialid|credentialpublickey|sessionstate)$/;

/** Whether rows of this table let a person in: sessions, provider accounts, passkeys. */
export function holdsCredentials(table: Table): boolean {
  const names = table.columns.map((c) => plain(c.column));
  return (
    names.some((n) => CREDENTIALS.test(n)) ||
    (plain(table.model).endsWith('session') && names.includes('token'))
  );
}

/** Whether the table belongs to one that much of the schema belongs to; then it is a member, not the person. */
function belongsToMany(table: Table, tables: readonly Table[]): boolean {
  return table.references.some((r) => {
    const pointing = tables.filter((t) => t.references.some((o) => o.target === r.target)).length;
    return (
      r.required &&
      r.by === 'relation' &&
      r.target !== table.model &&
      pointing > Math.max(2, tables.length * 0.1)
    );
  });
}

/**
 * The table of the people who sign in: it stands at the beginning of the references, has an e-mail address that is
 * unique, and sessions or provider accounts point at it. Undefined where no table has two of these marks.
 */
export function findPerson(tables: readonly Table[]): Table | undefined {
  const marks = tables
    .filter((t) => t.key.length === 1 && !belongsToMany(t, tables))
    .map((table) => {
      const uniqueEmail = table.uniques.some(
        (u) => u.length === 1 && /email|phone|username|login/.test(plain(u[0]!)),
      );
      const credentials = tables.some(
        (t) => holdsCredentials(t) && t.references.some((r) => r.required && r.target === table.model),
      );
      const pointed = tables.filter((t) => t.references.some((r) => r.target === table.model)).length;
      const named = NAMES.test(plain(table.model)) || NAMES.test(plain(table.table));
      const score =
        (named ? 2 : 0) +
        (uniqueEmail ? 2 : 0) +
        (credentials ? 2 : 0) +
        Math.min(pointed / tables.length, 0.9);
      return { table, score };
    })
    .sort((a, b) => b.score - a.score);
  return (marks[0]?.score ?? 0) >= 4 ? marks[0]!.table : undefined;
}
