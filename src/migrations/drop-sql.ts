import { quoteIdent as q } from '../database/quote.ts';

/**
 * The statement that takes away an object of the compiler's that is no longer declared, from its key in the
 * catalogue. Tables, columns and enums are Prisma's to drop; what goes with a table needs nothing.
 */
export function dropSql(key: string): string | undefined {
  const [kind = '', rest = ''] = splitOnce(key, ' ');
  const [table = '', name = ''] = splitOnce(rest, '.');
  switch (kind) {
    case 'policy':
      return `DROP POLICY IF EXISTS ${q(name)} ON ${q(table)};`;
    case 'trigger':
      return `DROP TRIGGER IF EXISTS ${q(name)} ON ${q(table)};`;
    case 'view':
      return `DROP VIEW IF EXISTS ${q(rest)};`;
    case 'index':
      return rest.endsWith('_partial_idx') || rest.endsWith('_partial_key')
        ? `DROP INDEX IF EXISTS ${q(rest)};`
        : undefined;
    case 'constraint':
      return name.endsWith('_check') || name.endsWith('_rule')
        ? `ALTER TABLE ${q(table)} DROP CONSTRAINT IF EXISTS ${q(name)};`
        : undefined;
    case 'function':
      return `DROP FUNCTION IF EXISTS ${rest};`;
    case 'grants': {
      const [role = '', on = ''] = splitOnce(rest, ' ');
      return `REVOKE ALL ON ${q(on)} FROM ${q(role)};`;
    }
    default:
      return undefined;
  }
}

function splitOnce(text: string, mark: string): string[] {
  const at = text.indexOf(mark);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + mark.length)];
}
