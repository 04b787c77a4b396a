import { parseArgs } from 'node:util';

export type EngineArguments = {
  /** Paths of the schema files. */
  datamodels: string[];
  url: string | undefined;
  shadowDatabaseUrl: string | undefined;
  /** `cli` and one of its sub-commands, or nothing: serve JSON-RPC. */
  command: string[];
  version: boolean;
};

/** Reads the command line that Prisma's CLI gives to its schema engine. Options of no use here are accepted. */
export function readArguments(argv: string[]): EngineArguments {
  const { values, positionals } = parseArgs({
    args: argv,
    allowPositionals: true,
    strict: false,
    options: {
      datamodels: { type: 'string', short: 'd', multiple: true },
      datasource: { type: 'string' },
      'enabled-preview-features': { type: 'string' },
      'extension-types': { type: 'string' },
      version: { type: 'boolean', short: 'V' },
    },
  });
  const datasource = (typeof values.datasource === 'string' ? JSON.parse(values.datasource) : {}) as Partial<
    Record<'url' | 'shadowDatabaseUrl', string>
  >;
  return {
    datamodels: ((values.datamodels ?? []) as string[]).map(String),
    url: datasource.url || undefined,
    shadowDatabaseUrl: datasource.shadowDatabaseUrl || undefined,
    command: positionals,
    version: values.version === true,
  };
}
