import { readMigrations } from '../../migrations/index.ts';
import type { Boundary } from '../../tenancy/index.ts';
import { type MigrationContents, migrationContents } from '../migration-contents.ts';
import type { Count, ModuleCount, Step } from '../step.ts';

/** A model or an enum, and whether the first migration made it, a later one, or none. */
interface Part {
  readonly kind: 'models' | 'enums';
  readonly module: string;
  readonly name: string;
  readonly age: 'existing' | 'new' | 'unmade';
}

/** Models and enums by module, and what the second migration holds, which added the modules. */
export const schemaCounts: Step = {
  name: 'schema',
  section: 'schema',
  async run({ root, boundary }) {
    const migrations = await migrationContents(readMigrations(root));
    const parts = partsOf(boundary(), migrations);
    const [models, enums] = [count(parts, 'models'), count(parts, 'enums')];
    const { facts: migration } = migrations[1] ?? {};
    return {
      detail: `${models.total} models, ${enums.total} enums`,
      facts: { models, enums, modules: byAge(parts), ...(migration ? { migration } : {}) },
      issues: parts.flatMap(({ kind, name, age }) => {
        if (age !== 'unmade') return [];
        const message = `The ${kind === 'models' ? 'table' : 'enum'} ${name} stands in the Prisma models, but no migration creates it.`;
        return [{ message, remedy: 'write the migration: npm run db:migrate -- --name <what it adds>' }];
      }),
    };
  },
};

function partsOf({ models, enums }: Boundary, migrations: readonly MigrationContents[]): Part[] {
  const age = (kind: 'tables' | 'enums', name: string) => {
    const index = migrations.findIndex((m) => m[kind].includes(name));
    return index < 0 ? 'unmade' : index === 0 ? 'existing' : 'new';
  };
  return [
    ...models.map(
      (m): Part => ({ kind: 'models', module: m.module, name: m.table, age: age('tables', m.table) }),
    ),
    ...enums.map((e): Part => ({ kind: 'enums', module: e.module, name: e.type, age: age('enums', e.type) })),
  ];
}

function count(all: readonly Part[], kind: Part['kind']): Count {
  const parts = all.filter((p) => p.kind === kind);
  const byModule: Record<string, number> = {};
  for (const { module } of parts) byModule[module] = (byModule[module] ?? 0) + 1;
  const aged = (age: Part['age']) => parts.filter((p) => p.age === age).length;
  return { total: parts.length, existing: aged('existing'), new: aged('new'), byModule };
}

function byAge(parts: readonly Part[]): ModuleCount[] {
  return [...new Set(parts.map((p) => p.module))].sort().map((module) => {
    const of = (age: Part['age'], kind: Part['kind']) =>
      parts.filter((p) => p.module === module && p.age === age && p.kind === kind).length;
    const counts = (age: Part['age']) => ({ models: of(age, 'models'), enums: of(age, 'enums') });
    return { module, existing: counts('existing'), new: counts('new') };
  });
}
