import type pg from 'pg';

// Extensions that come with the server; what else a schema needs is stood in for and told.
const BUNDLED = ['citext', 'pg_trgm', 'pgcrypto', 'uuid-ossp', 'btree_gist', 'btree_gin'];

/**
 * Builds the tables of a schema. Its own functions and extensions are not in the schema, so what a default calls or a
 * column is made of may be missing: then a function of the same name, or text, stands in.
 */
export async function buildTables(client: pg.Client, sql: string): Promise<string[]> {
  const standIns: string[] = [];
  for (const name of BUNDLED) await client.query(`CREATE EXTENSION IF NOT EXISTS "${name}"`);
  let tables = sql.replaceAll(/^CREATE EXTENSION .*;$/gm, '');
  if (/\bvector(\(\d+\))?(?=[ ,\n])/.test(tables)) {
    tables = tables.replaceAll(/\bvector(\(\d+\))?(?=[ ,\n])/g, 'text');
    standIns.push('text for vector');
  }
  for (;;) {
    try {
      await client.query(tables);
      return standIns;
    } catch (error) {
      const { message } = error as Error;
      const missing = /^function (\w+)\((\w*)\) does not exist$/.exec(message);
      if (missing) {
        const [, name = '', argument = ''] = missing;
        await client.query(
          `CREATE FUNCTION ${name}(${argument}) RETURNS text LANGUAGE sql AS 'SELECT gen_random_uuid()::text'`,
        );
        standIns.push(`a function ${name}(${argument})`);
      } else if (message === 'cannot use column reference in DEFAULT expression') {
        tables = tables.replaceAll(/ DEFAULT to_tsvector\(.*\)(?=,?$)/gm, '');
        standIns.push('no default for a generated tsvector');
      } else throw error;
    }
  }
}
