/**
 * Writes a policy’s condition the way the annotations do: the comparison of `key` with the current
 * organization as ORG, of a column with the current user as SELF(column), the question for an admin as ADMIN.
 * The SQL is that of either compile target, with or without a sub-select round the context function.
 */
export function shorthand(sql: string, key: string | undefined): string {
  const call = (name: string) => `(?:\\(\\s*select\\s+app\\.${name}\\(\\)\\s*\\)|app\\.${name}\\(\\))`;
  const organization = new RegExp(`"?(\\b\\w+)"?\\s*=\\s*${call('current_organization_id')}`, 'gi');
  const user = new RegExp(`"?(\\b\\w+)"?\\s*=\\s*${call('current_user_id')}`, 'gi');
  return sql
    .replace(organization, (all, column: string) => (column === key ? 'ORG' : all))
    .replace(user, 'SELF($1)')
    .replace(new RegExp(call('is_org_admin'), 'gi'), 'ADMIN');
}
