import { LotlineError } from '../../errors.ts';

export function unknownTenant(tenant: string): LotlineError {
  return new LotlineError(
    'TENANT_UNKNOWN',
    `There is no tenant ${tenant}.`,
    'npx lotline tenant stats lists those that there are',
  );
}
