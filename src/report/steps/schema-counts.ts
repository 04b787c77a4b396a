import { readMigrations } from '../../migrations/index.ts';
import { type MigrationContents, migrationContents } from '../migration-contents.ts';
import type { Count, Step } from '../step.ts';

/** Models and enums by module, and what the migration that added the modules holds. Existing is what the first migration made. */
export const schemaCounts: Step = {
  name: 'schema',
  section: 'schema',
  async run({ root, boundary }) {
    const { models, enums } = boundary();
    const migrations = await migrationContents(readMigrations(root));
    const facts = {
      models: count(
        models.map((m) => ({ module: m.module, name: m.table })),
        migrations.map((m) => m.tables),
      ),
      enums: count(
        enums.map((e) => ({ module: e.module, name: e.type })),
        migrations.map((m) => m.enums),
      ),
      ...(migrations[1] ? { migration: migrations[1].facts } : {}),
    };
    const missing = [
      ...unmade(
        models.map((m) => m.table),
        migrations,
        'tables',
      ).map((name) => `table ${name}`),
      ...unmade(
        enums.map((e) => e.type),
        migrations,
        'enums',
      ).map((name) => `enum ${name}`),
    ];
    return {
      detail: `${facts.models.total} models, ${facts.enums.total} enums`,
      facts,
      issues: missing.map((what) => ({
        message: `The ${what} stands in the Prisma models, but no migration creates it.`,
        remedy: 'write the migration: npm run db:migrate -- --name <what it adds>',
      })),
    };
  },
};

function count(
  things: readonly { module: string; name: string }[],
  made: readonly (readonly string[])[],
): Count {
  const [first = [], ...later] = made;
  const byModule: Record<string, number> = {};
  for (const { module } of things) byModule[module] = (byModule[module] ?? 0) + 1;
  return {
    total: things.length,
    existing: things.filter(({ name }) => first.includes(name)).length,
    new: things.filter(({ name }) => later.some((names) => names.includes(name))).length,
    byModule,
  };
}

function unmade(
  names: readonly string[],
  migrations: readonly MigrationContents[],
  kind: 'tables' | 'enums',
): string[] {
  return names.filter((name) => !migrations.some((m) => m[kind].includes(name)));
}
