import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type pg from 'pg';
import { type Catalogue, compareCatalogues, type Difference, readCatalogue } from '../database/catalogue.ts';
import { LotlineError } from '../errors.ts';
import {
  afterText,
  type Boundary,
  completeUniques,
  migrationHead,
  migrationTail,
  type Piece,
  type Pieces,
} from '../tenancy/index.ts';
import { declaredCatalogue } from './declared.ts';
import { dropSql } from './drop-sql.ts';
import { type Migration, readMigrations } from './folder.ts';
import { prismaDiff } from './prisma-diff.ts';
import { withScratchDatabase } from './scratch.ts';

export interface WrittenMigration {
  readonly name: string;
  readonly path: string;
  readonly sql: string;
}

export interface WriteOptions {
  /** Folder that holds `prisma/`. */
  readonly root: string;
  /** A role that may create databases; its own database is not touched. */
  readonly ownerUrl: string;
  /** Words for the name, e.g. `add-listing-photos`. */
  readonly name: string;
  readonly now?: Date;
  readonly onProgress?: (step: string) => void;
}

/**
 * Writes the next migration: what leads from the committed migrations to the annotated schema. Both are built on
 * scratch databases and compared as the server prints them, so that nothing declared is missing from the file
 * and running it is proved to end in the declared state.
 * @returns undefined where the migrations are the schema already.
 * @throws LotlineError `MIGRATION_NAME`, `MIGRATION_INCOMPLETE`, and what the compiler throws.
 */
export async function writeMigration(options: WriteOptions): Promise<WrittenMigration | undefined> {
  const { root, ownerUrl, onProgress = () => {} } = options;
  const name = migrationName(options.name, options.now ?? new Date());
  const {
    files,
    boundary,
    pieces,
    catalogue: declared,
  } = await declaredCatalogue(root, ownerUrl, onProgress);
  const migrations = readMigrations(root);

  return withScratchDatabase(ownerUrl, async (client, url) => {
    onProgress(`replay ${migrations.length} migrations`);
    for (const migration of migrations) await client.query(migration.sql);
    const before = compareCatalogues(declared, await readCatalogue(client));
    if (before.length === 0) return undefined;

    onProgress('compare');
    const head = migrationHead(boundary, bringsRoles(migrations, boundary));
    const opening = [
      ...changedPieces(pieces.before, before).map((p) => p.sql),
      ...dropsBefore(pieces, before),
    ];
    const prisma = completeUniques(await prismaDiff({ url }, files.prisma), boundary);
    const first = [head, ...opening, ...(hasStatements(prisma) ? [prisma] : [])].join('\n\n');
    await client.query(first);
    const closing = closingSql(pieces, declared, await readCatalogue(client));
    await client.query(`${migrationHead(boundary, false)}\n${closing}`);
    await proveComplete(client, declared);

    const sql = `${[first, closing, migrationTail(name)].filter((part) => part !== '').join('\n\n')}\n`;
    const path = `prisma/migrations/${name}/migration.sql`;
    mkdirSync(join(root, 'prisma/migrations', name), { recursive: true });
    writeFileSync(join(root, path), sql);
    writeFileSync(join(root, 'prisma/migrations/migration_lock.toml'), 'provider = "postgresql"\n');
    return { name, path, sql };
  });
}

/** `20261122193000_add-listing-photos`, in UTC as Prisma names them. */
function migrationName(words: string, now: Date): string {
  const slug = words
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_]+/g, '-');
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(slug) || slug.length > 100) {
    throw new LotlineError(
      'MIGRATION_NAME',
      `"${words}" cannot name a migration.`,
      'use letters, digits and hyphens, for example: npm run db:migrate -- --name add-listing-photos',
    );
  }
  return `${now.toISOString().replaceAll(/\D/g, '').slice(0, 14)}_${slug}`;
}

function bringsRoles(migrations: readonly Migration[], { roles }: Boundary): boolean {
  const text = migrations.map((m) => m.sql).join('\n');
  return [roles.owner, roles.custodian, ...roles.readers].some(
    (role) => !text.includes(`CREATE ROLE ${role}`),
  );
}

function changedPieces<P extends Piece>(pieces: readonly P[], differences: readonly Difference[]): P[] {
  const keys = new Set(differences.filter((d) => d.change !== 'unexpected').map((d) => d.key));
  return pieces.filter(
    (p) =>
      [p.key, ...(p.also ?? [])].some((key) => keys.has(key)) ||
      (p.makes !== undefined && [...keys].some(p.makes)),
  );
}

/** Policies, checks and the like that change or go stand in Prisma's way, so they go first. */
function dropsBefore(pieces: Pieces, differences: readonly Difference[]): string[] {
  const known = new Map(pieces.after.map((p) => [p.key, p]));
  return differences.flatMap(({ key, change }): string[] => {
    if (change === 'missing') return [];
    const sql = change === 'different' ? known.get(key)?.drop : dropSql(key);
    return sql ? [sql] : [];
  });
}

function closingSql(pieces: Pieces, declared: Catalogue, reached: Catalogue): string {
  return afterText(changedPieces(pieces.after, compareCatalogues(declared, reached)));
}

function hasStatements(sql: string): boolean {
  return sql.split('\n').some((line) => line.trim() !== '' && !line.startsWith('--'));
}

async function proveComplete(client: pg.Client, declared: Catalogue): Promise<void> {
  const rest = compareCatalogues(declared, await readCatalogue(client));
  if (rest.length === 0) return;
  const list = rest.slice(0, 10).map((d) => `  ${d.change}: ${d.key}`);
  throw new LotlineError(
    'MIGRATION_INCOMPLETE',
    `The migration would not reach the declared schema:\n${list.join('\n')}`,
    'write this step by hand into an SQL file of its own migration folder, then run db:migrate again',
  );
}
