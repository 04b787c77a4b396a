import { type FieldFault, Refusal } from '../../errors.ts';
import { HttpFault } from '../../http/index.ts';
import type { DataModel } from './model.ts';

/** All faults of a request at once. @throws Refusal `QUERY_INVALID` where there are any */
export function refuseFaults(faults: readonly FieldFault[], what: 'QUERY_INVALID' | 'BODY_INVALID'): void {
  if (faults.length === 0) return;
  const [first] = faults;
  const rest = faults.length > 1 ? `, and ${faults.length - 1} more` : '';
  const where = what === 'QUERY_INVALID' ? 'The query' : 'The input';
  throw new Refusal(
    'invalid',
    what,
    `${where} is not valid: ${first!.field}: ${first!.message.replace(/\.$/, '')}${rest}.`,
    'Correct what "errors" lists and send it again; nothing was changed.',
    { fields: faults.slice(0, FAULTS_MOST) },
  );
}

/** As many as somebody reads. */
const FAULTS_MOST = 200;

export function noSuchRecord(model: DataModel): Refusal {
  return new Refusal(
    'missing',
    'NOT_FOUND',
    `There is no such record in ${model.collection}.`,
    'Check its id; it may have been deleted.',
  );
}

export function noSuchCollection(name: string): Refusal {
  return new Refusal(
    'missing',
    'COLLECTION_UNKNOWN',
    `There is no collection "${name.slice(0, 100)}".`,
    'The reference lists the collections; their names are those of the tables, with hyphens.',
  );
}

export function methodRefused(message: string, allow: readonly string[]): HttpFault {
  return new HttpFault(405, 'METHOD_NOT_ALLOWED', message, `Allowed here: ${allow.join(', ')}.`, {
    allow: allow.join(', '),
  });
}

export function permissionMissing(permission: string): Refusal {
  return new Refusal(
    'forbidden',
    'PERMISSION_MISSING',
    `This needs the permission "${permission}".`,
    'Ask an owner or admin of the organization for it, or use a key that has it.',
  );
}
