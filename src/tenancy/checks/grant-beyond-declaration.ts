import { quoteIdent } from '../../database/quote.ts';
import type { BoundaryModel } from '../boundary.ts';
import { sqlName, wordList } from './facts/names.ts';
import type { Privilege } from './facts/privileges.ts';
import type { Check } from './runner/check.ts';

const OF_ROWS = ['select', 'insert', 'update', 'delete'];

export const check: Check = {
  name: 'grant-beyond-declaration',
  title: 'A privilege that the schema does not give',
  why: 'Policies limit rows, privileges limit operations and columns. One that nobody declared is a way to write what the schema protects.',
  mend: 'Revoke it, or declare it with `@allow`.',
  also: ['splinter 0023', 'pgrls SEC045', 'pgrls SEC049', 'safegres R1', 'safegres R3', 'safegres L13'],
  level: 'error',
  async run({ boundary, facts }) {
    const privileges = await facts.privileges();
    return boundary.models.flatMap((model) => {
      const held = privileges.filter((p) => p.table === model.table && OF_ROWS.includes(p.privilege));
      return [...new Set(held.map((p) => p.grantee))].flatMap((grantee) => {
        const beyond = beyondDeclared(
          model,
          grantee,
          held.filter((p) => p.grantee === grantee),
        );
        if (beyond.length === 0) return [];
        const role = grantee === 'public' ? 'PUBLIC' : quoteIdent(grantee);
        const revoked = beyond.map((b) => `REVOKE ${b} ON ${sqlName(model.table)} FROM ${role};`);
        const sql = [...revoked, ...givenBack(model, grantee, beyond)].join(' ');
        return [
          {
            object: `${model.table} ${grantee}`,
            detail: `${role} holds ${wordList(beyond)} on ${model.table}, which model ${model.model} does not give.`,
            remedy: `take it back: \`${sql}\` or declare it with @allow`,
          },
        ];
      });
    });
  },
};

/** What is held and not declared, each as REVOKE names it: `DELETE`, `UPDATE (email, status)`. */
function beyondDeclared(model: BoundaryModel, grantee: string, held: readonly Privilege[]): string[] {
  return OF_ROWS.flatMap((privilege) => {
    const declared = model.grants.filter((g) => g.role === grantee && g.privilege === privilege);
    if (declared.some((g) => !g.columns)) return [];
    const own = held.filter((p) => p.privilege === privilege);
    if (own.some((p) => p.column === null)) return [privilege.toUpperCase()];
    const allowed = new Set(declared.flatMap((g) => g.columns ?? []));
    const columns = own.flatMap((p) =>
      p.column !== null && !allowed.has(p.column) ? [quoteIdent(p.column)] : [],
    );
    return columns.length === 0 ? [] : [`${privilege.toUpperCase()} (${columns.join(', ')})`];
  });
}

/** REVOKE of a whole privilege takes that on its columns too. */
function givenBack({ table, grants }: BoundaryModel, grantee: string, beyond: readonly string[]): string[] {
  return grants
    .filter((g) => g.role === grantee && g.columns && beyond.includes(g.privilege.toUpperCase()))
    .map(
      (g) =>
        `GRANT ${g.privilege.toUpperCase()} (${g.columns!.map(quoteIdent).join(', ')}) ON ${sqlName(table)} TO ${quoteIdent(grantee)};`,
    );
}
