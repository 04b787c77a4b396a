export { afterText, completeSql, completeUniques, migrationHead, migrationTail } from './assemble.ts';
export { type Declared, proveRole } from './boot/prove-role.ts';
export type {
  Boundary,
  BoundaryEnum,
  BoundaryModel,
  Column,
  ForeignKey,
  Grant,
  Key,
  Policy,
  Roles,
} from './boundary.ts';
export { TenancyError, type TenancyErrorCode, tenancyError } from './client/errors.ts';
export {
  type BoundClient,
  openTenancy,
  type Tenancy,
  type TenancyOptions,
  type Tenant,
} from './client/tenancy.ts';
export { compileSchema } from './compile.ts';
export { type ContextKey, keyPads, signContext, type TenantContext } from './context.ts';
export {
  type DistributionPlan,
  distribute,
  planDistribution,
  readClusterFacts,
  requireDistributable,
} from './distribute/index.ts';
export { emitPieces, type Piece, type Pieces, rolesSql } from './emit.ts';
export { withBeside } from './emit-beside.ts';
export { readGenerated } from './generated.ts';
export {
  asOwner,
  contextKeys,
  installContextKey,
  installContextKeys,
  type KeyRow,
  type KeySource,
  type Rotation,
  readKeys,
  rotateKeys,
  watchKeys,
} from './keyring/index.ts';
export { readModuleSql, type SqlObject } from './module-sql.ts';
export type { SchemaFile } from './scanner.ts';
export { readSchemaFiles, type SchemaFiles } from './schema-files.ts';
