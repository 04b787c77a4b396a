import type { Suite } from '../suite.ts';

/** One thing that is made wrong in the database, which the suite has to notice. */
export interface Mutant {
  /** What is wrong, to read after "survived:". */
  readonly name: string;
  readonly kind:
    | 'policies'
    | 'row security'
    | 'privileges'
    | 'keys'
    | 'functions'
    | 'views'
    | 'triggers'
    | 'roles'
    | 'tables';
  /** SQL of a superuser, undone afterwards. */
  readonly sql: string;
  /** The table whose probes could see it. */
  readonly table?: string;
  /** Words of the stages of the server that could see it; without them and without a table, all of these. */
  readonly stages?: RegExp;
}

/** Mutants are chosen from the catalogue, so that every scope is hurt, whatever the schema. */
export interface MutantSource {
  readonly suite: Suite;
  readonly roles: {
    readonly app: string;
    readonly ingest: string;
    readonly platform: string;
    readonly owner: string;
  };
}
