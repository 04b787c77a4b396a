import { LotlineError } from '../../errors.ts';

/** An error of the server in words for whoever works on a tenant; what is no such error stays as it is. */
export function lifecycleError(error: unknown): unknown {
  if (error instanceof LotlineError) return error;
  const { code, message, table, constraint } = error as {
    code?: string;
    message?: string;
    table?: string;
    constraint?: string;
  };
  const told = (name: string, text: string, hint: string) =>
    new LotlineError(name, text, hint, { cause: error });
  switch (code) {
    case '55P03':
    case '40P01':
    case '40001':
      return told(
        'TENANT_BUSY',
        'Other work holds rows of this tenant. Nothing was changed.',
        'repeat; the application should be kept from writing for this tenant meanwhile',
      );
    case '57014':
      return told(
        'TENANT_TIMEOUT',
        'A statement took longer than it may. Nothing was changed.',
        'allow it more time',
      );
    case '23503':
      return told(
        'TENANT_REFERENCE',
        `A row and the row it refers to do not go together (${table}, ${constraint}). Nothing was changed.`,
        'what refers to rows of this tenant from outside has to go first; what it refers to has to be there',
      );
    case '23505':
      return told(
        'TENANT_CONFLICT',
        `A row of another owner has the same unique value (${table}, ${constraint}). Nothing was changed.`,
        'change or remove that row, then repeat',
      );
    case '42501':
      return told(
        'CONTEXT_REFUSED',
        `The database refuses: ${message}.`,
        'npm run db:apply installs the roles and the context key; the login needs to be lotline_owner or a member of it',
      );
    default:
      return error;
  }
}
