import { describe, expect, it } from 'vitest';
import { type Board, moved, stageOf } from './board-data.ts';

const deal = (id: string) => ({
  id,
  title: id,
  value: '1.00',
  currency: 'USD',
  probability: 10,
  expectedCloseDate: null,
  assignedToId: null,
  contactId: null,
});
const board: Board = {
  stages: [
    { stage: 'LEAD', count: 2, sums: [], deals: [deal('a'), deal('b')] },
    { stage: 'QUALIFIED', count: 9, sums: [], deals: [deal('c')] },
  ],
};

describe('a board of deals', () => {
  it('shows a moved deal first in its new stage, and counts it there', () => {
    const after = moved(board, 'a', 'QUALIFIED');
    expect(after.stages.map((s) => [s.count, s.deals.map((d) => d.id)])).toEqual([
      [1, ['b']],
      [10, ['a', 'c']],
    ]);
    expect(stageOf(after, 'a')).toBe('QUALIFIED');
  });

  it('is as it was when a deal is put back where it stood', () => {
    expect(moved(board, 'a', 'LEAD')).toEqual(board);
    expect(moved(board, 'unknown', 'LEAD')).toBe(board);
  });
});
