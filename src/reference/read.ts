import { getDMMF } from '@prisma/get-dmmf';
import { LotlineError } from '../errors.ts';
import { compileSchema, readSchemaFiles } from '../tenancy/index.ts';
import { referenceSource } from './from-boundary.ts';
import type { ReferenceSource } from './source.ts';

/**
 * Reads and compiles the Prisma schema below `root` (the folder that holds `prisma/`).
 * @throws LotlineError as the compiler does, when the schema or an annotation is faulty.
 */
export async function readReference(root: string): Promise<ReferenceSource> {
  const files = readSchemaFiles(root).prisma;
  const boundary = await compileSchema(files);
  const dmmf = getDMMF({ datamodel: files.map(([path, text]) => [path, text]) });
  if ('datamodel' in dmmf) return referenceSource(boundary, dmmf.datamodel);
  throw new LotlineError(
    'SCHEMA_INVALID',
    `Prisma refuses the schema:\n${dmmf.error.message}`,
    'mend the lines named above; `npx prisma validate` repeats the check',
    { cause: dmmf.error },
  );
}
