import type { Check } from './runner/check.ts';

/** Kinds of the catalogue that make up the boundary. Tables and their row security have checks of their own. */
const OF_BOUNDARY = ['policy', 'grants', 'function', 'trigger', 'view', 'schema'];

export const check: Check = {
  name: 'declaration-differs',
  title: 'The database does not say what the schema declares',
  why: 'A name is no proof: a policy altered to USING (true) keeps its name. What the schema compiles to is compared with what the server prints.',
  mend: '`npm run db:sync` prints the statement for each difference.',
  also: [],
  level: 'error',
  needs: 'drift',
  async run({ drift = [] }) {
    return drift
      .filter((d) => OF_BOUNDARY.includes(d.kind))
      .map(({ key, detail, remedy }) => ({ object: key, detail, remedy }));
  },
};
