import { quoteIdent as q } from '../../database/quote.ts';
import type { SchemaFile } from '../scanner.ts';
import type { Proposal } from './proposal.ts';
import type { Table } from './tables.ts';

/** The scope as an annotation. What is not known stays closed: `platform(nobody)`. */
export function scopeAnnotation(p: Proposal, tables: readonly Table[]): string {
  switch (p.scope) {
    case 'tenant':
      return `@scope tenant(${p.tenantColumn})`;
    case 'tenant-user':
    case 'tenant-or-user':
      return `@scope ${p.scope}(${p.userColumn}, ${p.tenantColumn})`;
    case 'identity':
      return p.userColumn ? `@scope identity(${p.userColumn})` : '@scope identity';
    case 'child':
      return `@scope child(${p
        .parents!.map((r) => {
          const target = tables.find((t) => t.model === r.target)!;
          return `${r.columns.join(', ')}${r.by === 'name' ? ` -> ${target.table}` : ''}`;
        })
        .join(' | ')})`;
    case 'tenant-root':
      return '@scope tenant-root';
    default:
      return `@scope platform(${p.readByAll ? 'true' : 'nobody'})`;
  }
}

/** Beside their own row, people see those who are members of their tenant. */
export function colleaguesAnnotation(person: Table, membership: Table): string {
  const link = membership.references.find((r) => r.target === person.model && r.required)!;
  const row = `${q(person.table)}.${q(person.key[0]!)}`;
  const schema = membership.schema && membership.schema !== 'public' ? `${q(membership.schema)}.` : '';
  return `@allow select: SELF(${person.key[0]}) OR EXISTS (SELECT FROM ${schema}${q(membership.table)} AS member WHERE member.${q(link.columns[0]!)} = ${row})`;
}

/**
 * The files with doc comments inserted above the models; every other byte stays.
 * @param lines the doc lines by model, without `///`. A model that states a scope already is left alone.
 */
export function annotateFiles(
  files: readonly SchemaFile[],
  proposals: readonly Proposal[],
  lines: (proposal: Proposal) => readonly string[],
): SchemaFile[] {
  return files.map(([path, text]) => {
    const inserts = new Map(
      proposals.filter((p) => p.table.place.file === path).map((p) => [p.table.place.line - 1, lines(p)]),
    );
    const ending = text.includes('\r\n') ? '\r\n' : '\n';
    const indent = (line: string) => /^\s*/.exec(line)![0];
    const parts = text.split('\n').map((line, index) => {
      const docs = inserts.get(index) ?? [];
      return `${docs.map((doc) => `${indent(line)}/// ${doc}${ending}`).join('')}${line}`;
    });
    return [path, parts.join('\n')];
  });
}
