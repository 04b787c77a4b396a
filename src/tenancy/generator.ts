import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import generatorHelper, { type GeneratorOptions } from '@prisma/generator-helper';
import { explain } from '../errors.ts';
import { completeSql } from './assemble.ts';
import type { CompileTarget } from './boundary.ts';
import { compileDmmf } from './compile.ts';
import { withBeside } from './emit-beside.ts';
import { readModuleSql } from './module-sql.ts';
import { scanSchema } from './scanner.ts';
import { readSchemaFiles } from './schema-files.ts';

/**
 * The Prisma generator, a thin shell: `npx prisma generate` checks the annotations and writes what the compiler made
 * of them, as JSON for programs and as SQL for people. Faults end the generation with file and line.
 */
generatorHelper.generatorHandler({
  onManifest: () => ({ prettyName: 'Lotline boundary', defaultOutput: '../src/generated/boundary' }),
  onGenerate: async (options) => {
    try {
      await generate(options);
    } catch (error) {
      // Prisma shows the message alone, so the remedy has to be in it.
      throw new Error(explain(error));
    }
  },
});

async function generate({ generator, schemaPath, dmmf }: GeneratorOptions): Promise<void> {
  // Prisma gives the folder of a schema in several files, the file of one that stands alone.
  const folder = schemaPath.endsWith('.prisma') ? dirname(schemaPath) : schemaPath;
  const root = dirname(folder);
  const output = generator.output?.value ?? join(root, 'src/generated/boundary');
  const files = readSchemaFiles(root, relative(root, folder));
  const target = generator.config.target === 'citus' ? 'citus' : 'postgres';
  const prefix = typeof generator.config.prefix === 'string' ? generator.config.prefix : 'lotline';
  const compiled = await compileDmmf(dmmf as never, scanSchema(files.prisma), {
    target: target satisfies CompileTarget,
    prefix,
  });
  const objects = await readModuleSql(files.sql);
  const boundary = withBeside(compiled, objects);
  mkdirSync(output, { recursive: true });
  writeFileSync(join(output, 'boundary.json'), JSON.stringify({ boundary, objects }));
  writeFileSync(
    join(output, 'boundary.sql'),
    `${completeSql(boundary, objects, '-- Here stand the tables, which Prisma writes.')}\n`,
  );
}
