import type { Roles } from './boundary.ts';

/** A definer function sees what its owner sees, so it belongs to the platform role, not to the owner of the tables. */
export function asPlatform(sql: string, { owner, platform }: Pick<Roles, 'owner' | 'platform'>): string {
  return `GRANT CREATE ON SCHEMA app TO ${platform};\nSET LOCAL ROLE ${platform};\n${sql}\nSET LOCAL ROLE ${owner};\nREVOKE CREATE ON SCHEMA app FROM ${platform};`;
}
