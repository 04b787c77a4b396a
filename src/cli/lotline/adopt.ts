import { join, relative } from 'node:path';
import { LotlineError } from '../../errors.ts';
import {
  type Adoption,
  adopt,
  adoptionJson,
  describeAdoption,
  readForeignSchema,
  writeAdoption,
} from '../../tenancy/adopt/index.ts';
import { callerPath } from '../caller-path.ts';
import type { Command } from '../command.ts';

export const command: Command = {
  name: 'lotline adopt',
  summary: 'Proposes a boundary for any Prisma schema and writes it: annotations and migrations.',
  options: {
    schema: { type: 'string', value: 'path', help: 'the schema: a .prisma file, or a folder of them' },
    tenant: { type: 'string', value: 'Model', help: 'the model that is the tenant; found when left out' },
    out: { type: 'string', value: 'folder', help: 'where to write; lotline-adopt when left out' },
    check: { type: 'boolean', help: 'write nothing, only report' },
    keys: {
      type: 'string',
      value: 'kind',
      help: 'composite (default: where they can be), or guards: triggers alone',
    },
    denormalise: { type: 'boolean', help: 'give models that reach the tenant over a parent a tenant column' },
    prefix: { type: 'string', value: 'word', help: 'what the names of the roles begin with (lotline)' },
    verbose: { type: 'boolean', help: 'list every model and reference' },
    json: { type: 'boolean', help: 'print one JSON object' },
  },
  exits: {
    0: 'written; with --check: nothing crosses tenants and every model is classified',
    1: 'the tenant is not clear, or the schema is at fault; with --check: something crosses or is not classified',
  },
  async run(values) {
    const { schema, check, json } = values;
    if (typeof schema !== 'string')
      throw new LotlineError(
        'USAGE',
        'The schema is missing.',
        'npx lotline adopt --schema prisma/schema.prisma',
      );
    const foreign = readForeignSchema(callerPath(schema));
    if (foreign.provider !== 'postgresql' && !check)
      throw new LotlineError(
        'ADOPT_PROVIDER',
        `The schema is for ${foreign.provider}, and row security is PostgreSQL's.`,
        'add --check for the report alone',
      );
    const adoption = await adopt(foreign, optionsOf(values));
    const folder = callerPath(text(values.out) ?? 'lotline-adopt');
    const written = check ? [] : writeAdoption(adoption, folder, new Date());
    const ok = !check || isTight(adoption);
    if (json) console.log(JSON.stringify({ ok, ...adoptionJson(adoption), written }, null, 2));
    else {
      console.log(describeAdoption(adoption, values.verbose === true));
      const shown = relative(callerPath('.'), folder) || '.';
      if (written.length > 0)
        console.log(`\nWritten\n${written.map((w) => `  ${join(shown, w)}`).join('\n')}`);
    }
    return ok ? 0 : 1;
  },
};

type Values = Parameters<Command['run']>[0];

function optionsOf(values: Values): Parameters<typeof adopt>[1] {
  const { keys = 'composite' } = values;
  if (keys !== 'composite' && keys !== 'guards')
    throw new LotlineError('USAGE', `--keys ${keys} is not known.`, 'say composite or guards');
  const prefix = text(values.prefix);
  if (prefix && !/^[a-z][a-z0-9_]{0,40}$/.test(prefix))
    throw new LotlineError(
      'USAGE',
      `--prefix ${prefix} cannot begin the name of a role.`,
      'use small letters, digits and underscores',
    );
  const tenant = text(values.tenant);
  return {
    keys,
    denormalise: values.denormalise === true,
    ...(tenant ? { tenant } : {}),
    ...(prefix ? { prefix } : {}),
  };
}

function text(value: string | boolean | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** Whether the schema keeps tenants apart by itself, but for the policies. */
function isTight({ bonds, uniques, nullable, proposals }: Adoption): boolean {
  const crossing = bonds.some((b) => ['composite', 'guard', 'open'].includes(b.kind));
  const unknown = proposals.some((p) => p.scope === 'unknown');
  return !crossing && !unknown && uniques.length === 0 && nullable.length === 0;
}
