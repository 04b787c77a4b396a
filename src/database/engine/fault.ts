/** An error that Prisma's CLI shows as its own: `code` is one of Prisma's (`P1001` …), or absent where none fits. */
export class EngineFault extends Error {
  readonly code: string | undefined;
  readonly meta: Record<string, unknown>;

  constructor(code: string | undefined, message: string, meta: Record<string, unknown> = {}) {
    super(message);
    this.name = 'EngineFault';
    this.code = code;
    this.meta = meta;
  }
}
