import { type Fault, parseAnnotations, type ScopeName } from '../annotations.ts';
import type { ScannedBlock } from '../scanner.ts';
import { parentWays, scopeArgument } from '../scope-argument.ts';
import type { Proposal } from './proposal.ts';
import type { Reference, Table } from './tables.ts';

const OURS = /^@(scope|allow|deny|check|index|unique)\b/;

/** The blocks with only those annotations that are Lotline's: other tools write `@…` into doc comments too. */
export function ownAnnotations(blocks: readonly ScannedBlock[]): ScannedBlock[] {
  return blocks.map((block) => ({
    ...block,
    docs: isOurs(block) ? block.docs.filter((d) => !d.text.startsWith('@') || OURS.test(d.text)) : [],
    fields: block.fields.map((f) => ({ ...f, docs: f.docs.filter((d) => !d.text.startsWith('@')) })),
  }));
}

function isOurs(block: ScannedBlock): boolean {
  return block.docs.some((d) => d.text.startsWith('@scope'));
}

/** What the models say of their scope already, from a person or an earlier adoption. */
export function declaredProposals(
  tables: readonly Table[],
  blocks: readonly ScannedBlock[],
  faults: Fault[],
): Proposal[] {
  return blocks.flatMap((block): Proposal[] => {
    const table = tables.find((t) => t.model === block.name);
    if (!table || block.kind !== 'model' || !isOurs(block)) return [];
    const scope = parseAnnotations(block.docs, 'model', faults).annotations.find((a) => a.kind === 'scope');
    if (!scope) return [];
    const { user, tenant } = scopeArgument(scope.scope, scope.argument);
    return [
      {
        table,
        scope: scope.scope satisfies ScopeName,
        confidence: 'high',
        reason: 'stated in the schema',
        ...(tenant ? { tenantColumn: tenant } : {}),
        ...(user ? { userColumn: user } : {}),
        ...(scope.scope === 'child'
          ? { parents: parentReferences(table, tables, scope.argument ?? '') }
          : {}),
        ...(scope.scope === 'platform' ? { readByAll: scope.argument !== 'nobody' } : {}),
        notes: [],
      },
    ];
  });
}

function parentReferences(table: Table, tables: readonly Table[], argument: string): Reference[] {
  return parentWays(argument).flatMap((way) => {
    const target = way.table && tables.find((t) => t.table === way.table)?.model;
    const found = table.references.find(
      (r) => r.columns.join() === way.columns.join() && (!target || r.target === target),
    );
    return found ? [found] : [];
  });
}
