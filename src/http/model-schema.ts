import { z } from '@hono/zod-openapi';

/**
 * The schema of a record as the data API gives it, for answers of a module's own routes. The document refers to the
 * component of that name, which is derived from the Prisma model.
 * @param model Prisma's name, e.g. `Deal`
 */
export function recordOf(model: string): z.ZodType<Record<string, unknown>> {
  return z
    .custom<Record<string, unknown>>()
    .openapi({ type: 'object', $ref: `#/components/schemas/${model}` } as never);
}
