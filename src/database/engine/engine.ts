import { readFile } from 'node:fs/promises';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import type { SchemaEngine } from '@prisma/schema-engine-wasm';
import { type Connection, connect } from './adapter.ts';
import type { EngineArguments } from './arguments.ts';
import { EngineFault } from './fault.ts';
import { offlineFactory } from './offline.ts';
import { ShadowDatabases } from './shadow.ts';
import { loadSchemaEngine } from './wasm.ts';

/** A running schema engine. */
export type Engine = {
  wasm: SchemaEngine;
  /** Absent when the engine works without a database. */
  main: Connection | undefined;
  /** The JavaScript error behind an engine error that only names it by number. */
  original(error: unknown): unknown;
};

/** The datamodel of commands that name no schema file: the engine takes the kind of database from it. */
const BARE_DATAMODEL: [string, string] = ['schema.prisma', 'datasource db {\n  provider = "postgresql"\n}\n'];

/**
 * Starts engines, connected or not, for one process.
 *
 * @param log receives the engine's log lines (JSON)
 */
export class Engines {
  readonly #options: EngineArguments;
  readonly #log: (line: string) => void;
  readonly #shadows = new ShadowDatabases();
  readonly #started = new Map<boolean, Promise<Engine>>();

  constructor(options: EngineArguments, log: (line: string) => void) {
    this.#options = options;
    this.#log = log;
  }

  /**
   * @param withDatabase false for work on schema files alone, which then needs no server
   * @throws EngineFault P1000 to P1017 when the database cannot be reached
   */
  start(withDatabase: boolean): Promise<Engine> {
    let engine = this.#started.get(withDatabase);
    if (engine === undefined) {
      engine = this.#start(withDatabase);
      this.#started.set(withDatabase, engine);
    }
    return engine;
  }

  async #start(withDatabase: boolean): Promise<Engine> {
    const { url, shadowDatabaseUrl } = this.#options;
    const needUrl = () => {
      if (url !== undefined) return url;
      throw new EngineFault(
        undefined,
        'This command needs a database, and none is configured: set DATABASE_URL.',
      );
    };
    const main = withDatabase ? await connect(needUrl()) : undefined;
    const connectToShadowDb = async () => (await this.#shadows.connect(needUrl(), shadowDatabaseUrl)).adapter;
    const factory = bindMigrationAwareSqlAdapterFactory(
      main === undefined
        ? offlineFactory(connectToShadowDb)
        : { provider: 'postgres', adapterName: 'pg', connect: async () => main.adapter, connectToShadowDb },
    );
    const WasmEngine = await loadSchemaEngine();
    const datamodels = await Promise.all(
      this.#options.datamodels.map(
        async (path): Promise<[string, string]> => [path, await readFile(path, 'utf8')],
      ),
    );
    if (datamodels.length === 0) datamodels.push(BARE_DATAMODEL);
    const wasm = await WasmEngine.new({ datamodels }, this.#log, factory);
    return {
      wasm,
      main,
      original: (error) => {
        const id = /External error id#(\d+)/.exec(error instanceof Error ? error.message : '')?.[1];
        return id === undefined ? error : (factory.errorRegistry.consumeError(Number(id))?.error ?? error);
      },
    };
  }

  /** Drops temporary databases of an interrupted command. */
  close(): Promise<void> {
    return this.#shadows.dropAll();
  }
}
