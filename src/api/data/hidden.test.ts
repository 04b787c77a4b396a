import { describe, expect, it } from 'vitest';
import { root } from '../../../test/support/keys.ts';
import { readGenerated } from '../../tenancy/index.ts';
import { dataApi } from './index.ts';

describe('fields that the schema marks as hidden', () => {
  const { boundary } = readGenerated(root);
  const api = dataApi({ boundary, rules: [] });
  const hidden = boundary.models.flatMap((m) =>
    m.columns
      .filter((c) => c.hidden)
      .map((c) => ({ collection: m.table.replaceAll('_', '-'), field: c.field })),
  );

  it('are hashes and ties to other programs', () => {
    expect(hidden.map((h) => h.field).sort()).toEqual(['authSubject', 'sessionTokenHash', 'shareTokenHash']);
  });

  it('are in no collection and in no schema of the document', () => {
    const text = JSON.stringify(api.openapi);
    for (const { collection, field } of hidden) {
      expect(api.collections.get(collection)?.field.has(field) ?? false).toBe(false);
      expect(text).not.toContain(field);
    }
  });
});
