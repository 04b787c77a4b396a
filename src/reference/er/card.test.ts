import { describe, expect, it } from 'vitest';
import type { ReferenceRelation } from '../source.ts';
import { column, model, sourceOf } from '../testing/example.ts';
import { cardOf } from './card.ts';

const relation = (field: string, target: string, own: string[]): ReferenceRelation => ({
  name: `${field}_fkey`,
  field,
  target,
  columns: ['organization_id', ...own],
  ownColumns: own,
  targetColumns: ['organization_id', ...own.slice(1), 'id'],
  onDelete: 'Cascade',
  optional: false,
  oneToOne: false,
});

const person = model('Person', { module: 'organizations' });
const loop = model('Loop');
const signature = model('Signature', {
  columns: ['id', 'organization_id', 'loop_id', 'document_id', 'signer_id'].map((name) => column(name)),
  relations: [
    {
      ...relation('organization', 'Organization', []),
      columns: ['organization_id'],
      ownColumns: ['organization_id'],
    },
    relation('loop', 'Loop', ['loop_id']),
    relation('document', 'Document', ['loop_id', 'document_id']),
    relation('signer', 'Person', ['signer_id']),
  ],
});

describe('a card', () => {
  const card = cardOf(signature, sourceOf(person, loop, model('Document'), signature));

  it('has one line for a composite foreign key, without the tenant', () => {
    expect(card.rows.map((row) => row.label)).toEqual(['id', 'loop_id', 'document_id', 'signer_id']);
  });
  it('shows a model of another module as a stub', () => {
    expect(card.rows.map((row) => row.stub)).toEqual([undefined, undefined, undefined, 'Person']);
  });
  it('counts the columns that it leaves out', () => expect(card.hidden).toBe(1));
});

it('never leaves out a foreign key, however many there are', () => {
  const names = Array.from({ length: 15 }, (_, index) => `other${index}_id`);
  const wide = model('Wide', {
    columns: ['id', 'organization_id', ...names].map((name) => column(name)),
    relations: names.map((name) => relation(name.slice(0, -3), 'Loop', [name])),
  });
  const card = cardOf(wide, sourceOf(loop, wide));
  expect(card.rows.filter((row) => row.relation)).toHaveLength(15);
});
