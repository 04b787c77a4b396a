import type { Difference } from '../database/catalogue.ts';
import type { Database } from '../database/connect.ts';
import type { Boundary, ContextKey } from '../tenancy/index.ts';

/** Something that does not hold, and how to mend it. */
export interface Issue {
  readonly step: string;
  readonly message: string;
  readonly remedy: string;
}

/** How many there are, and by module; `existing` came with the first migration, `new` with a later one. */
export interface Count {
  readonly total: number;
  readonly existing: number;
  readonly new: number;
  readonly byModule: Readonly<Record<string, number>>;
}

/** Models and enums of a module, by when they came. */
export interface ModuleCount {
  readonly module: string;
  readonly existing: { readonly models: number; readonly enums: number };
  readonly new: { readonly models: number; readonly enums: number };
}

/** What the parse tree of one migration holds. */
export interface MigrationFacts {
  readonly name: string;
  readonly tables: number;
  readonly indexes: number;
  readonly foreignKeys: number;
  readonly checks: number;
  readonly policies: number;
}

export interface RowSecurityFacts {
  readonly tables: number;
  readonly enabled: number;
  readonly forced: number;
  readonly policies: number;
}

/** What steps find out for the report, besides whether they hold. */
export interface Facts {
  readonly models: Count;
  readonly enums: Count;
  readonly modules: readonly ModuleCount[];
  readonly migration: MigrationFacts;
  readonly rls: RowSecurityFacts;
  readonly drift: readonly Difference[];
}

export interface StepResult {
  /** One line for the report. */
  readonly detail: string;
  /** Without any, the step holds. */
  readonly issues: readonly Omit<Issue, 'step'>[];
  /** What a program printed. */
  readonly output?: string;
  readonly facts?: Partial<Facts>;
}

/** The boundary of the live database, as the command db:check-rls finds it. */
export interface BoundaryProbe extends RowSecurityFacts {
  readonly findings: readonly {
    readonly level: 'error' | 'warning';
    readonly detail: string;
    readonly remedy: string;
  }[];
}

/** Where database and schema differ, as the command db:sync finds it. */
export interface DriftProbe {
  readonly drift: readonly (Difference & { readonly detail: string; readonly remedy: string })[];
}

/** What commands find out that the report repeats; handed in, because commands stand above the report. */
export interface Probes {
  /** Without building the declared schema. */
  boundary(): Promise<BoundaryProbe>;
  drift(): Promise<DriftProbe>;
}

/** What steps work on. The boundary is read when a step asks, since an earlier one may generate it anew. */
export interface ReportContext {
  readonly root: string;
  readonly database: Pick<Database, 'kind' | 'urls'>;
  readonly key: ContextKey;
  boundary(): Boundary;
  readonly probes: Probes;
}

export interface Step {
  readonly name: string;
  readonly section: 'schema' | 'commands' | 'database';
  /** Names of steps that must have ended before, where the run has them. */
  readonly after?: readonly string[];
  run(context: ReportContext): Promise<StepResult>;
}
