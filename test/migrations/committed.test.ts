import { describe, expect, it } from 'vitest';
import { compareCatalogues, readCatalogue } from '../../src/database/catalogue.ts';
import { declaredCatalogue, lintMigration, readMigrations, summarize } from '../../src/migrations/index.ts';
import { freshDatabase } from '../support/database.ts';
import { root, testServers } from '../support/server.ts';

describe.each(testServers())('the committed migrations on PostgreSQL $version', (server) => {
  it('make exactly what schema and compiler declare', async () => {
    const db = await freshDatabase({ server });
    const { catalogue } = await declaredCatalogue(root, db.urls.owner);
    expect(compareCatalogues(catalogue, await readCatalogue(db.owner))).toEqual([]);
  });
});

describe('the committed migrations', () => {
  const [baseline, modules] = readMigrations(root);

  it('are a baseline of 42 tables and one file with the 22 tables of the four modules', async () => {
    expect(baseline!.name).toMatch(/_baseline$/);
    expect((await summarize(baseline!.sql, baseline!.path)).tables).toBe(42);
    expect(modules!.name).toMatch(/_add-marketplace-reid-expense-campaigns-modules$/);
    const { tables, createdTables, enums, policies, checks, foreignKeys } = await summarize(
      modules!.sql,
      modules!.path,
    );
    expect(tables).toBe(22);
    expect(createdTables).toContain('marketplace_bundle_items');
    for (const count of [enums, policies, checks, foreignKeys]) expect(count).toBeGreaterThan(0);
  });

  it('hold no statement that ends their transaction or opens the boundary', async () => {
    for (const { sql, path } of [baseline!, modules!]) {
      expect((await lintMigration(sql, path)).filter((f) => f.level === 'danger')).toEqual([]);
    }
  });
});
