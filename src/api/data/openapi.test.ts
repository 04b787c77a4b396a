import { expect, it } from 'vitest';
import { root } from '../../../test/support/server.ts';
import { readGenerated } from '../../tenancy/index.ts';
import { dataApi } from './index.ts';

const { boundary } = readGenerated(root);
const readable = boundary.models.filter((m) =>
  m.grants.some((g) => g.role === boundary.roles.app && g.privilege === 'select'),
);

it('describes every collection, and refers to nothing that is not there', () => {
  const { openapi, collections } = dataApi({ boundary, rules: [] });
  expect(collections.size).toBe(readable.length);
  const text = JSON.stringify(openapi);
  // Short enough to be read by whoever loads the reference page.
  expect(text.length).toBeLessThan(1_500_000);
  for (const [, kind, name] of text.matchAll(/"#\/components\/(\w+)\/(\w+)"/g)) {
    expect(
      (openapi.components as Record<string, Record<string, unknown>>)[kind!],
      `${kind} ${name}`,
    ).toHaveProperty(name!);
  }
  const operations = Object.values(openapi.paths).flatMap(
    (p) => Object.values(p) as { operationId?: string; 'x-permission'?: string }[],
  );
  const ids = operations.flatMap((o) => o.operationId ?? []);
  expect(new Set(ids).size).toBe(ids.length);
  expect(openapi.components.schemas.DealCreate).toMatchObject({
    additionalProperties: false,
    required: ['title', 'value'],
    properties: {
      title: { type: 'string', minLength: 1, maxLength: 255 },
      stage: { $ref: '#/components/schemas/DealStage' },
    },
  });
  expect(openapi.paths['/v1/orgs/{organization}/data/subscriptions']).not.toHaveProperty('post');
});
