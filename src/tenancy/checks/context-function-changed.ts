import { quoteIdent } from '../../database/quote.ts';
import { contextSources } from './facts/context-sources.ts';
import type { Check } from './runner/check.ts';

export const check: Check = {
  name: 'context-function-changed',
  title: 'A function of the signed context is not the compiler’s',
  why: 'Every policy believes these functions. One that returns a tenant without verifying the signature opens all tables at once.',
  mend: 'Create the function anew as the compiler writes it; look for who changed it.',
  also: [],
  level: 'error',
  async run({ boundary, roles, facts }) {
    const live = new Map((await facts.functions()).map((f) => [f.name, f]));
    return contextSources(boundary).flatMap((source) => {
      const found = live.get(source.name);
      const fault = !found
        ? 'is not in the database'
        : found.body.trim() !== source.body.trim()
          ? 'has another body'
          : found.definer !== source.definer
            ? `is ${found.definer ? '' : 'not '}SECURITY DEFINER`
            : found.owner !== roles.owner
              ? `belongs to ${found.owner}`
              : found.searchPath !== 'pg_catalog, pg_temp'
                ? 'has another search_path'
                : undefined;
      if (!fault) return [];
      const owner =
        found && found.owner !== roles.owner
          ? ` ALTER FUNCTION ${found.signature} OWNER TO ${quoteIdent(roles.owner)};`
          : '';
      return [
        {
          object: source.name,
          detail: `${source.name} ${fault}.`,
          remedy: `create it anew: \`${source.sql}${owner}\``,
        },
      ];
    });
  },
};
