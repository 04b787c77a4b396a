import { type Catalogue, readCatalogue } from '../database/catalogue.ts';
import {
  type Boundary,
  compileSchema,
  completeSql,
  emitPieces,
  type Pieces,
  readModuleSql,
  readSchemaFiles,
  type SchemaFiles,
  withBeside,
} from '../tenancy/index.ts';
import { prismaDiff } from './prisma-diff.ts';
import { withScratchDatabase } from './scratch.ts';

/** What the annotated schema declares, and how it looks once it has been built. */
export interface Declared {
  readonly files: SchemaFiles;
  readonly boundary: Boundary;
  readonly pieces: Pieces;
  readonly catalogue: Catalogue;
}

/** Builds the annotated schema from nothing in a scratch database and reads it as the server prints it. */
export async function declaredCatalogue(
  root: string,
  ownerUrl: string,
  onProgress: (step: string) => void = () => {},
): Promise<Declared> {
  onProgress('compile the schema');
  const files = readSchemaFiles(root);
  const objects = await readModuleSql(files.sql);
  const boundary = withBeside(await compileSchema(files.prisma), objects);
  onProgress('build the declared state');
  const sql = completeSql(boundary, objects, await prismaDiff('empty', files.prisma));
  const catalogue = await withScratchDatabase(ownerUrl, async (client) => {
    await client.query(sql);
    return readCatalogue(client);
  });
  return { files, boundary, pieces: emitPieces(boundary, objects), catalogue };
}
