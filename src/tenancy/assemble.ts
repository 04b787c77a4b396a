import type { Boundary } from './boundary.ts';
import { emitPieces, type Pieces, rolesSql } from './emit.ts';
import type { SqlObject } from './module-sql.ts';

/** What opens a migration: the note that it is atomic, the roles, the owner. */
export function migrationHead(boundary: Boundary, withRoles: boolean): string {
  const { owner } = boundary.roles;
  return [
    `-- lotline:atomic
-- One implicit transaction: the server applies all of this file or nothing. The last statement marks the migration as
-- finished in the same transaction, so that a row without a finish proves that nothing was applied.
-- Written by \`npm run db:migrate\` from the annotated Prisma models; not to be edited.`,
    withRoles ? rolesSql(boundary.roles) : `SET LOCAL ROLE ${owner};`,
    'SET LOCAL check_function_bodies = off;',
  ].join('\n\n');
}

/** What closes a migration. Prisma's own update after it finds the row finished and repeats the same. */
export function migrationTail(name: string): string {
  return `RESET ROLE;

DO $$
BEGIN
  -- A shadow database has no such table.
  IF to_regclass('public._prisma_migrations') IS NOT NULL THEN
    UPDATE public._prisma_migrations SET finished_at = now(), applied_steps_count = 1
    WHERE migration_name = '${name}' AND finished_at IS NULL AND rolled_back_at IS NULL;
  END IF;
END $$;`;
}

/** The SQL of a whole schema on an empty database: what the committed migrations must add up to. */
export function completeSql(boundary: Boundary, objects: readonly SqlObject[], prismaSql: string): string {
  const pieces = emitPieces(boundary, objects);
  return [
    migrationHead(boundary, true),
    ...pieces.before.map((p) => p.sql),
    completeUniques(prismaSql, boundary),
    afterText(pieces.after),
  ].join('\n\n');
}

/** Pieces that stand after the tables, with a heading where the section changes. */
export function afterText(pieces: Pieces['after']): string {
  let section = '';
  return pieces
    .filter((p) => p.sql !== '')
    .map((p) => {
      const heading = p.section === section ? '' : `-- ${p.section}\n\n`;
      section = p.section;
      return `${heading}${p.sql}`;
    })
    .join('\n');
}

/** Prisma knows these unique keys but cannot say NULLS NOT DISTINCT. */
export function completeUniques(prismaSql: string, boundary: Boundary): string {
  let sql = prismaSql;
  for (const key of boundary.models.flatMap((m) => m.keys)) {
    if (!key.prisma || !key.nullsNotDistinct) continue;
    sql = sql.replace(
      new RegExp(`^(CREATE UNIQUE INDEX "${key.name}" .*\\))(;)$`, 'm'),
      '$1 NULLS NOT DISTINCT$2',
    );
  }
  return sql;
}
