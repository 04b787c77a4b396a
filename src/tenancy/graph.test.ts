import { describe, expect, it } from 'vitest';
import { components, cyclic, looseColumn } from './graph.ts';

const graph = (edges: Record<string, string[]>) => (node: string) => edges[node] ?? [];

describe('the order of tables', () => {
  it('puts what is referred to first and keeps the given order otherwise', () => {
    expect(components(['c', 'a', 'b', 'x'], graph({ c: ['b'], b: ['a'] }))).toEqual([
      ['a'],
      ['b'],
      ['c'],
      ['x'],
    ]);
  });

  it('keeps tables together that refer to each other, before those that refer to them', () => {
    const edges = graph({ z: ['b'], a: ['b'], b: ['c'], c: ['a', 'root'] });
    expect(components(['z', 'a', 'b', 'c', 'root'], edges)).toEqual([['root'], ['a', 'b', 'c'], ['z']]);
  });

  it('passes over references to what is not among them', () => {
    expect(components(['a'], graph({ a: ['elsewhere'] }))).toEqual([['a']]);
  });

  it('finds the references that close a cycle, those of a table to itself among them', () => {
    const edges = [
      { from: 'a', to: 'a' },
      { from: 'a', to: 'root' },
      { from: 'b', to: 'c' },
      { from: 'c', to: 'b' },
    ];
    expect(cyclic(['root', 'a', 'b', 'c'], edges)).toEqual([edges[0], edges[2], edges[3]]);
  });

  it('leaves the last column open that may be null', () => {
    expect(looseColumn(['tenant', 'project', 'parent'], (c) => c !== 'tenant')).toBe('parent');
    expect(looseColumn(['tenant', 'parent'], () => false)).toBeUndefined();
  });
});
