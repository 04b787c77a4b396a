import { LotlineError } from '../../errors.ts';
import type { Fault } from '../annotations.ts';
import type { Boundary } from '../boundary.ts';
import { compileDmmf, readDmmf } from '../compile.ts';
import { type SchemaFile, scanSchema } from '../scanner.ts';
import { annotateFiles, colleaguesAnnotation, scopeAnnotation } from './annotate.ts';
import { type Bond, bondsOf } from './bonds.ts';
import { classify, membershipOf } from './classify.ts';
import { declaredProposals, ownAnnotations } from './declared.ts';
import { addColumns, columnsStep, denormalisable, newColumn } from './denormalise.ts';
import { type CrossingUnique, crossingUniques, nullableTenants } from './findings.ts';
import { crossingRows } from './guards.ts';
import { joinProposals } from './joins.ts';
import { type AdoptionStep, boundaryStep, contextStep, keySteps } from './migration.ts';
import { findPerson } from './person.ts';
import type { Proposal } from './proposal.ts';
import { type ForeignSchema, foreignSchema } from './read.ts';
import { baseType, readTables, type Table } from './tables.ts';
import { findTenant, type TenantChoice } from './tenant.ts';
import { unreadOf } from './unread.ts';

export interface AdoptOptions {
  /** The tenant's model, where a person knows better. */
  readonly tenant?: string;
  /** Prefix of the roles, `lotline` unless told. */
  readonly prefix?: string;
  /** Whether composite keys may be added (the default), or triggers guard every reference. */
  readonly keys?: 'composite' | 'guards';
  /** Whether models that reach the tenant over a parent get a tenant column. */
  readonly denormalise?: boolean;
}

/** Everything that adopting a schema comes to. Nothing of it is written anywhere. */
export interface Adoption {
  readonly schema: ForeignSchema;
  readonly choice: TenantChoice;
  readonly person: Table | undefined;
  readonly proposals: readonly Proposal[];
  readonly bonds: readonly Bond[];
  readonly uniques: readonly CrossingUnique[];
  readonly nullable: readonly Proposal[];
  /** Constructs that row security, or this program, does not reach. */
  readonly unread: readonly string[];
  readonly annotated: readonly SchemaFile[];
  readonly boundary: Boundary;
  readonly steps: readonly AdoptionStep[];
  /** Queries that count the rows which cross tenants today. */
  readonly crossingRows: string;
}

/**
 * Reads a foreign Prisma schema, proposes the boundary, and compiles it. Scopes that the schema states already are kept,
 * so a person corrects a proposal in the annotated schema and adopts that.
 * @throws LotlineError `SCHEMA_INVALID` where Prisma refuses it, `ADOPT_TENANT_…` where the tenant is not clear,
 *   `ADOPT_NO_MODELS`, `ANNOTATION_INVALID` for faults in scopes that are stated.
 */
export async function adopt(schema: ForeignSchema, options: AdoptOptions = {}): Promise<Adoption> {
  const plain = await adoptAsItIs(schema, options);
  if (!options.denormalise) return plain;
  const { tenant } = plain.choice;
  const column = newColumn(plain.proposals, tenant, sourceOfKey(schema, tenant));
  const models = denormalisable(plain.proposals, column);
  if (models.length === 0) return plain;
  const wider = foreignSchema(addColumns(schema.files, models, column));
  const adoption = await adoptAsItIs(wider, { ...options, tenant: tenant.model });
  const [context, ...rest] = adoption.steps;
  const columns = columnsStep(plain.boundary, models, plain.proposals, column);
  return { ...adoption, choice: plain.choice, steps: [context!, columns, ...rest] };
}

/** The line of the schema that declares the tenant's key. */
function sourceOfKey(schema: ForeignSchema, tenant: Table): string {
  const field = tenant.columns.find((c) => c.column === tenant.key[0])!.field;
  const block = scanSchema(schema.reading).find((b) => b.kind === 'model' && b.name === tenant.model);
  return block?.fields.find((f) => f.name === field)?.source ?? '';
}

async function adoptAsItIs(schema: ForeignSchema, options: AdoptOptions): Promise<Adoption> {
  const dmmf = readDmmf(schema.reading);
  const blocks = ownAnnotations(scanSchema(schema.reading));
  const tables = readTables(dmmf, blocks);
  if (tables.length === 0) {
    throw new LotlineError(
      'ADOPT_NO_MODELS',
      'The schema has no models.',
      'name the folder that holds all its files',
    );
  }
  const faults: Fault[] = [];
  const declared = declaredProposals(tables, blocks, faults);
  const person = declared.find((p) => p.scope === 'identity' && !p.userColumn)?.table ?? findPerson(tables);
  const root = declared.find((p) => p.scope === 'tenant-root')?.table.model;
  const choice = findTenant(tables, person, options.tenant ?? root);
  const subject = { tables, tenant: choice.tenant, person: person === choice.tenant ? undefined : person };
  const proposals = classify(subject, declared);
  const all = [...proposals, ...joinProposals(dmmf, proposals)];
  const bonds = bondsOf(all, {
    foreignKeys: schema.foreignKeys,
    composite: options.keys !== 'guards',
  });

  const stated = new Set(declared.map((p) => p.table.model));
  const membership = membershipOf(subject);
  const lines = (p: Proposal): string[] => {
    if (stated.has(p.table.model)) return [];
    const first = p.scope === 'unknown' ? [`Not classified: ${p.reason}.`] : [];
    const colleagues =
      p.table === subject.person && membership ? [colleaguesAnnotation(p.table, membership)] : [];
    return [...first, scopeAnnotation(p, tables), ...colleagues];
  };
  const annotated = annotateFiles(schema.files, proposals, lines);
  const reading = foreignSchema(annotated).reading;
  const keyType = (t: Table | undefined) =>
    baseType(t?.columns.find((c) => c.column === t.key[0])?.type ?? 'uuid');
  const boundary = await compileDmmf(dmmf, ownAnnotations(scanSchema(reading)), {
    adopted: true,
    prefix: options.prefix ?? 'lotline',
    tenantType: keyType(choice.tenant),
    userType: keyType(subject.person),
  });
  const known = new Map(all.map((p) => [p.table.model, p]));
  const watched = bonds.filter((b) => ['composite', 'guard'].includes(b.kind));
  return {
    schema,
    choice,
    person: subject.person,
    proposals,
    bonds,
    uniques: crossingUniques(proposals, bonds),
    nullable: nullableTenants(proposals),
    unread: unreadOf(schema, boundary),
    annotated,
    boundary,
    steps: [contextStep(boundary), boundaryStep(boundary, all, bonds), ...keySteps(bonds)],
    crossingRows: `${watched.map((b) => crossingRows(b, known)).join('\n\n')}\n`,
  };
}
