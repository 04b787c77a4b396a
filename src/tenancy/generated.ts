import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LotlineError } from '../errors.ts';
import type { Boundary } from './boundary.ts';
import type { SqlObject } from './module-sql.ts';

/**
 * The boundary as `prisma generate` left it, for programs that must not spend the second that compiling takes.
 * @throws LotlineError `GENERATED_MISSING`
 */
export function readGenerated(root: string): { boundary: Boundary; objects: SqlObject[] } {
  try {
    return JSON.parse(readFileSync(join(root, 'src/generated/boundary/boundary.json'), 'utf8'));
  } catch (error) {
    throw new LotlineError(
      'GENERATED_MISSING',
      'The compiled boundary is missing or damaged.',
      'run: npx prisma generate',
      { cause: error },
    );
  }
}
