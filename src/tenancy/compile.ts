import { basename } from 'node:path';
import { getDMMF } from '@prisma/get-dmmf';
import { loadModule } from 'libpg-query';
import { LotlineError } from '../errors.ts';
import { type Annotation, type Fault, parseAnnotations } from './annotations.ts';
import type { Boundary, BoundaryEnum, BoundaryModel, CompileTarget, Relation, Roles } from './boundary.ts';
import { recordChanges } from './changes.ts';
import { columnName, columnsOf } from './columns.ts';
import { withCustodian } from './custodian.ts';
import { joinTables } from './join-tables.ts';
import { foreignKeysOf, keysOf } from './keys.ts';
import { childCondition, parentsOf, singleKey } from './parents.ts';
import { buildPolicies } from './policies.ts';
import { type ScannedBlock, type SchemaFile, scanSchema } from './scanner.ts';
import { scopeArgument } from './scope-argument.ts';
import { buildChecks } from './table-checks.ts';
import { validateBoundary } from './validate.ts';
import { duplicateNames, validateAnnotations } from './validate-annotations.ts';

export type Dmmf = Exclude<ReturnType<typeof getDMMF>, { type: string }>;
export type DmmfModel = Dmmf['datamodel']['models'][number];

export interface CompileOptions {
  readonly target?: CompileTarget;
  /** Prefix of the role names: `lotline` gives lotline_owner, lotline_app, … */
  readonly prefix?: string;
  /** SQL type of the tenant's key and of a person's, `uuid` unless told. */
  readonly tenantType?: string;
  readonly userType?: string;
  /**
   * A schema that was not written for Lotline. The house rules (keys carry the tenant, every foreign key has an index,
   * names fit) are not asked of it; `lotline adopt` reports what they would say.
   */
  readonly adopted?: boolean;
}

/** A model with what was read of it so far, before policies and keys are made. */
export interface Draft {
  readonly block: ScannedBlock;
  readonly model: DmmfModel;
  readonly table: string;
  readonly schema?: string;
  readonly scope: Extract<Annotation, { kind: 'scope' }>;
  readonly annotations: readonly Annotation[];
  readonly description: string;
  /** The column that carries the tenant, absent on the tenant root and on rows of the platform. */
  readonly tenantColumn?: string;
  /** The column compared by ORG: the tenant column, or the key of the tenant root. */
  readonly tenantKey?: string;
}

/**
 * Compiles an annotated Prisma schema. Pure: takes the files, gives the boundary.
 * @throws LotlineError `SCHEMA_INVALID` when Prisma refuses the schema, `ANNOTATION_INVALID` with every fault,
 *   each as `file:line: message`.
 */
export async function compileSchema(
  files: readonly SchemaFile[],
  options: CompileOptions = {},
): Promise<Boundary> {
  const blocks = scanSchema(files);
  const duplicates = duplicateNames(blocks);
  if (duplicates.length > 0) throw faulty(duplicates);
  return compileDmmf(readDmmf(files), blocks, options);
}

/** The second half of {@link compileSchema}, for callers that have DMMF already (the Prisma generator). */
export async function compileDmmf(
  dmmf: Dmmf,
  blocks: readonly ScannedBlock[],
  options: CompileOptions = {},
): Promise<Boundary> {
  await loadModule();
  const faults: Fault[] = [];
  const drafts = draftModels(dmmf, blocks, faults);
  const roles = rolesOf(options.prefix ?? 'lotline', drafts);
  const target = options.target ?? 'postgres';
  for (const draft of drafts) faults.push(...validateAnnotations(draft, drafts, options.adopted));

  const declared = drafts.map((draft): BoundaryModel => {
    const columns = columnsOf(draft, faults);
    const rules = draft.annotations.filter((a) => a.kind === 'allow' || a.kind === 'deny');
    const parents = draft.scope.scope === 'child' ? childParents(draft, drafts, faults) : [];
    return {
      model: draft.model.name,
      table: draft.table,
      module: moduleOf(draft.block),
      place: draft.block.place,
      description: draft.description,
      scope: draft.scope.scope,
      ...(draft.schema ? { schema: draft.schema } : {}),
      ...(draft.tenantColumn ? { tenantColumn: draft.tenantColumn } : {}),
      ...(parents.length > 0 ? { parents: parents.map(({ known, ...parent }) => parent) } : {}),
      columns,
      keys: keysOf(draft, dmmf),
      foreignKeys: foreignKeysOf(draft, drafts),
      relations: relationsOf(draft.model),
      checks: buildChecks(draft, columns),
      ...buildPolicies({
        table: draft.table,
        scope: draft.scope,
        rules,
        tenantKey: draft.tenantKey,
        personKey: singleKey(draft.model) ?? 'id',
        ...(parents.length > 0 ? { row: childCondition(draft.table, parents) } : {}),
        columns: columns.map((c) => c.column),
        roles,
        target,
      }),
    };
  });

  const guarded = options.adopted ? declared : withCustodian(declared, roles, target);
  const { models, changelog } = recordChanges(guarded, drafts, roles, target, faults);
  const enums = enumsOf(dmmf, blocks);
  if (!options.adopted) faults.push(...validateBoundary(models, enums, drafts));
  if (faults.length > 0) throw faulty(faults);
  const types = {
    ...(options.tenantType ? { tenantType: options.tenantType } : {}),
    ...(options.userType ? { userType: options.userType } : {}),
  };
  return {
    models: [...models, ...joinTables(dmmf, drafts, roles)],
    enums,
    roles,
    ...(changelog ? { changelog } : {}),
    ...types,
  };
}

function relationsOf(model: DmmfModel): Relation[] {
  return model.fields
    .filter((f) => f.kind === 'object')
    .map((f) => ({
      field: f.name,
      target: f.type,
      list: f.isList,
      required: f.isRequired,
      name: f.relationName ?? '',
      ...(f.relationFromFields?.length ? { from: f.relationFromFields, to: f.relationToFields ?? [] } : {}),
    }));
}

function childParents(draft: Draft, drafts: readonly Draft[], faults: Fault[]) {
  const parents = parentsOf(draft, drafts);
  if (typeof parents === 'string') {
    faults.push({ place: draft.scope.place, message: `@scope child: ${parents}` });
    return [];
  }
  return parents.map((p) => ({ ...p, known: drafts.find((d) => d.model.name === p.target)! }));
}

/** DMMF of the files. @throws LotlineError `SCHEMA_INVALID` */
export function readDmmf(files: readonly SchemaFile[]): Dmmf {
  const dmmf = getDMMF({ datamodel: files.map(([path, text]) => [path, text]) });
  if ('datamodel' in dmmf) return dmmf;
  throw new LotlineError(
    'SCHEMA_INVALID',
    `Prisma refuses the schema:\n${dmmf.error.message}`,
    'mend the lines named above; `npx prisma validate` repeats the check',
    { cause: dmmf.error },
  );
}

function draftModels(dmmf: Dmmf, blocks: readonly ScannedBlock[], faults: Fault[]): Draft[] {
  const drafts: Draft[] = [];
  const byName = new Map(blocks.filter((b) => b.kind === 'model').map((b) => [b.name, b]));
  const scopes = new Map<string, { annotations: Annotation[]; description: string }>();
  for (const [name, block] of byName) scopes.set(name, parseAnnotations(block.docs, 'model', faults));

  const root = [...scopes].find(([, { annotations }]) =>
    annotations.some((a) => a.kind === 'scope' && a.scope === 'tenant-root'),
  )?.[0];

  for (const model of dmmf.datamodel.models) {
    const block = byName.get(model.name);
    // DMMF lists views among the models; what they show is up to the tables below them.
    if (!block) continue;
    const { annotations, description } = scopes.get(model.name)!;
    const declared = annotations.filter((a) => a.kind === 'scope');
    if (declared.length !== 1) {
      const message =
        declared.length === 0
          ? `model ${model.name} states no scope. Add "/// @scope tenant" (or another scope, see docs/annotations.md) above it`
          : `model ${model.name} states ${declared.length} scopes; keep one`;
      faults.push({ place: declared[1]?.place ?? block.place, message });
      continue;
    }
    const scope = declared[0]!;
    const needsTenant = CARRIES_TENANT.includes(scope.scope);
    const named = scopeArgument(scope.scope, scope.argument).tenant;
    const tenantColumn = named ?? (needsTenant ? tenantColumnOf(model, root) : undefined);
    const tenantKey = scope.scope === 'tenant-root' ? (singleKey(model) ?? 'id') : tenantColumn;
    if (needsTenant && !tenantColumn) {
      faults.push({
        place: block.place,
        message: `model ${model.name} has scope ${scope.scope} but no required relation to the tenant root${root ? ` ${root}` : ' (no model has "@scope tenant-root")'}`,
      });
    }
    drafts.push({
      block,
      model,
      table: model.dbName ?? model.name,
      scope,
      annotations,
      description,
      ...(schemaOf(model) ? { schema: schemaOf(model)! } : {}),
      ...(tenantColumn ? { tenantColumn } : {}),
      ...(tenantKey ? { tenantKey } : {}),
    });
  }
  return drafts;
}

const CARRIES_TENANT = ['tenant', 'tenant-user', 'tenant-or-user', 'catalogue', 'ingest'];

function schemaOf(model: DmmfModel): string | undefined {
  return model.schema && model.schema !== 'public' ? model.schema : undefined;
}

/** The column of the single-column required relation to the tenant root. */
function tenantColumnOf(model: DmmfModel, root: string | undefined): string | undefined {
  const relation = model.fields.find(
    (f) => f.type === root && f.isRequired && f.relationFromFields?.length === 1,
  );
  const field = model.fields.find((f) => f.name === relation?.relationFromFields?.[0]);
  return field?.isRequired ? columnName(field) : undefined;
}

function rolesOf(prefix: string, drafts: readonly Draft[]): Roles {
  const named = drafts
    .flatMap((d) => d.annotations)
    .flatMap((a) => (a.kind === 'allow' || a.kind === 'deny' ? [a.role] : []));
  const readers = [...new Set(named)]
    .filter((r) => !['app', 'platform', 'ingest', 'owner', 'custodian'].includes(r))
    .sort();
  return {
    prefix,
    owner: `${prefix}_owner`,
    app: `${prefix}_app`,
    platform: `${prefix}_platform`,
    ingest: `${prefix}_ingest`,
    custodian: `${prefix}_custodian`,
    readers: readers.map((r) => `${prefix}_${r}`),
  };
}

function enumsOf(dmmf: Dmmf, blocks: readonly ScannedBlock[]): BoundaryEnum[] {
  const byName = new Map(blocks.filter((b) => b.kind === 'enum').map((b) => [b.name, b]));
  return dmmf.datamodel.enums.map((e) => {
    const block = byName.get(e.name)!;
    return {
      name: e.name,
      type: e.dbName ?? e.name,
      module: moduleOf(block),
      description: block.docs
        .map((d) => d.text)
        .join('\n')
        .trim(),
      values: e.values.map((v) => v.dbName ?? v.name),
    };
  });
}

function moduleOf(block: ScannedBlock): string {
  return basename(block.place.file).replace(/\.prisma$/, '');
}

function faulty(faults: readonly Fault[]): LotlineError {
  const lines = faults.map(({ place, message }) => `${place.file}:${place.line}: ${message}`);
  return new LotlineError(
    'ANNOTATION_INVALID',
    `${faults.length === 1 ? 'One fault' : `${faults.length} faults`} in the schema:\n${lines.join('\n')}`,
    'mend the lines named above; docs/annotations.md describes every annotation',
  );
}
