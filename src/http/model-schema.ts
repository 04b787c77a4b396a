import { z } from '@hono/zod-openapi';

/** The model of a schema that {@link recordOf} made. */
const MODEL = Symbol('model');

/**
 * The schema of a record as the data API gives it, for answers of a module's own routes. The document refers to the
 * component of that name, which is derived from the Prisma model; a handler answers the record as Prisma gave it, and the
 * composition shows it as the data API would.
 * @param model Prisma's name, e.g. `Deal`
 */
export function recordOf(model: string): z.ZodType<Record<string, unknown>> {
  const schema = z
    .custom<Record<string, unknown>>()
    .openapi({ type: 'object', $ref: `#/components/schemas/${model}` } as never);
  return Object.assign(schema, { [MODEL]: model });
}

/** Prisma's name of the model whose records a schema describes; undefined for any other schema. */
export function modelOf(schema: z.ZodType): string | undefined {
  return (schema as { [MODEL]?: string })[MODEL];
}
