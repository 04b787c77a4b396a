import { type Catalogue, readCatalogue } from '../database/catalogue.ts';
import {
  type Boundary,
  compileSchema,
  completeSql,
  readModuleSql,
  readSchemaFiles,
} from '../tenancy/index.ts';
import { prismaDiff } from './prisma-diff.ts';
import { withScratchDatabase } from './scratch.ts';

/** What the annotated schema declares, as the server prints it once it has been built from nothing. */
export async function declaredCatalogue(
  root: string,
  ownerUrl: string,
): Promise<{ boundary: Boundary; catalogue: Catalogue }> {
  const files = readSchemaFiles(root);
  const boundary = await compileSchema(files.prisma);
  const sql = completeSql(boundary, await readModuleSql(files.sql), await prismaDiff('empty', files.prisma));
  const catalogue = await withScratchDatabase(ownerUrl, async (client) => {
    await client.query(sql);
    return readCatalogue(client);
  });
  return { boundary, catalogue };
}
