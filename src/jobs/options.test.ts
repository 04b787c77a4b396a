import { describe, expect, it } from 'vitest';
import { doublingPause } from './index.ts';

describe('the pause before the next attempt', () => {
  it('doubles from two seconds, an hour at most', () => {
    expect([1, 2, 3, 11, 12, 99].map((n) => doublingPause(n) / 1000)).toEqual([2, 4, 8, 2048, 3600, 3600]);
  });
});
