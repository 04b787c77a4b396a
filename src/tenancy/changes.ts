import type { Fault } from './annotations.ts';
import type { BoundaryModel, Changelog, Changes, CompileTarget, Roles } from './boundary.ts';
import type { Draft } from './compile.ts';
import { expandTokens } from './expression.ts';
import { scopeArgument } from './scope-argument.ts';

/** What a log of changes must have beside its tenant's column, with the types the recording function writes. */
const LOG_COLUMNS: Readonly<Record<string, string>> = {
  user_id: 'uuid',
  action: 'text',
  resource_type: 'text',
  resource_id: 'uuid',
  old_data: 'jsonb',
  new_data: 'jsonb',
  ip_address: 'inet',
  user_agent: 'text',
};

const SECRET = /(^|_)(hash|secret|password|passphrase|token|signature_data|private_key)$|_(hash|secret)_/;

/**
 * Says of each model what its changes leave behind, where one model of the schema is the `@changelog`. Derived from scope and
 * read rule, so that the log, which the whole tenant reads, shows nobody what the table would not. Citus has no transition
 * tables, which the recording rests on; there, nothing is recorded.
 */
export function recordChanges(
  models: readonly BoundaryModel[],
  drafts: readonly Draft[],
  roles: Roles,
  target: CompileTarget,
  faults: Fault[],
): { models: readonly BoundaryModel[]; changelog?: Changelog } {
  const logs = drafts.filter((d) => d.annotations.some((a) => a.kind === 'changelog'));
  const placed = (draft: Draft, message: string) => {
    const place = draft.annotations.find((a) => a.kind === 'changelog')?.place ?? draft.block.place;
    faults.push({ place, message });
  };
  for (const second of logs.slice(1)) {
    placed(second, `@changelog: ${logs[0]!.model.name} is the log already; keep one`);
  }
  const unlogged = reasons(drafts, logs.length > 0, faults);
  const log = models.find((m) => m.model === logs[0]?.model.name);
  if (!log) return { models };
  const wrong = unfit(log, roles);
  if (wrong) placed(logs[0]!, `@changelog: ${wrong}`);
  if (wrong || target === 'citus') return { models };

  const described = models.map((model): BoundaryModel => {
    const reason = unlogged.get(model.model);
    if (reason !== undefined) return { ...model, unlogged: reason };
    const draft = drafts.find((d) => d.model.name === model.model);
    if (!draft || model === log || model.schema || model.scope === 'ingest' || !draft.tenantKey) return model;
    const changes = changesOf(model, draft.tenantKey, draft, roles);
    if (typeof changes !== 'string') return { ...model, changes };
    faults.push({ place: model.place, message: `model ${model.model}: ${changes}` });
    return model;
  });
  return { models: described, changelog: changelogOf(log) };
}

function reasons(drafts: readonly Draft[], logging: boolean, faults: Fault[]): Map<string, string> {
  const found = new Map<string, string>();
  for (const { annotations, model } of drafts) {
    const said = annotations.filter((a) => a.kind === 'unlogged');
    for (const { place } of logging ? said.slice(1) : said) {
      const message = logging ? 'it is said twice' : 'no model of this schema is the @changelog';
      faults.push({ place, message: `@unlogged: ${message}` });
    }
    if (said[0]) found.set(model.name, said[0].reason);
  }
  return found;
}

/** Why a model cannot be the log, if it cannot. */
function unfit(log: BoundaryModel, { app, platform }: Roles): string | undefined {
  if (log.scope !== 'tenant' || log.schema) return 'the log is a model of scope tenant in the schema public';
  for (const [name, type] of Object.entries(LOG_COLUMNS)) {
    const column = log.columns.find((c) => c.column === name);
    if (!column?.type.startsWith(type)) return `${log.table} needs a column "${name}" of type ${type}`;
  }
  const changeable = log.grants.some(
    (g) => [app, platform].includes(g.role) && ['update', 'delete'].includes(g.privilege),
  );
  return changeable
    ? `what can be rewritten is no log; add "@deny update, delete", also "to platform"`
    : undefined;
}

function changelogOf(log: BoundaryModel): Changelog {
  const tenantColumn = log.tenantColumn!;
  const actor = log.foreignKeys.find(
    (f) => f.columns.includes('user_id') && f.columns.includes(tenantColumn) && f.columns.length === 2,
  );
  const target = (column: string) => actor!.targetColumns[actor!.columns.indexOf(column)]!;
  return {
    table: log.table,
    tenantColumn,
    ...(actor
      ? { members: { table: actor.targetTable, tenant: target(tenantColumn), person: target('user_id') } }
      : {}),
  };
}

function changesOf(model: BoundaryModel, tenantKey: string, draft: Draft, roles: Roles): Changes | string {
  const primary = model.keys.find((k) => k.kind === 'primary')?.columns ?? [];
  const beside = primary.filter((c) => c !== model.tenantColumn);
  const key = model.columns.find((c) => beside.length === 1 && c.column === beside[0]);
  if (!key?.type.startsWith('uuid')) {
    return 'its changes cannot be recorded without a key of one uuid beside the tenant; add "@unlogged -- <reason>"';
  }
  const { user } = scopeArgument(draft.scope.scope, draft.scope.argument);
  const personal = draft.scope.scope === 'tenant-user' || draft.scope.scope === 'tenant-or-user';
  const withheld = model.columns.filter((c) => c.type === 'bytea' || SECRET.test(c.column));
  const nested = model.columns.filter((c) => c.type.startsWith('json') && !withheld.includes(c));
  return {
    kind: personal ? 'personal' : readByAll(model, tenantKey, roles) ? 'shared' : 'restricted',
    key: key.column,
    ...(personal && user ? { person: user } : {}),
    resource: model.model.replace(/(?<=[a-z0-9])(?=[A-Z])/g, '_').toLowerCase(),
    withheld: withheld.map((c) => c.column),
    nested: nested.map((c) => c.column),
  };
}

/** Whether everybody of a tenant reads all its rows: the rule is ORG, or something else OR ORG. */
function readByAll(model: BoundaryModel, tenantKey: string, { app }: Roles): boolean {
  const org = expandTokens('ORG', tenantKey, 'postgres');
  const read = model.policies.find((p) => p.permissive && p.operation === 'select' && p.roles.includes(app));
  if (!read?.using) return false;
  return read.using === org || (model.scope === 'catalogue' && read.using.endsWith(` OR ${org}`));
}
