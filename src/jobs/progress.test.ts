import { describe, expect, it, vi } from 'vitest';
import { throttledProgress } from './progress.ts';

describe('progress', () => {
  it('is written twice a second at most, the last word of each half second; a word is kept until another', async () => {
    vi.useFakeTimers();
    try {
      const written: [number, string | undefined][] = [];
      const progress = throttledProgress(
        async (done, message) => void written.push([done, message]),
        () => {},
      );
      await progress.tell(0.1, 'begin');
      for (let i = 2; i < 9; i++) await progress.tell(i / 10, i === 3 ? 'three' : undefined);
      expect(written).toEqual([[0.1, 'begin']]);
      await vi.advanceTimersByTimeAsync(500);
      await progress.tell(0.9);
      await progress.stop();
      await vi.advanceTimersByTimeAsync(5000);
      expect(written).toEqual([
        [0.1, 'begin'],
        [0.8, 'three'],
      ]);
    } finally {
      vi.useRealTimers();
    }
  });

  it('fails no job where it cannot be written, and refuses what is no part of a whole', async () => {
    const errors: unknown[] = [];
    const progress = throttledProgress(
      () => Promise.reject(new Error('gone')),
      (error) => errors.push(error),
    );
    await progress.tell(0.5);
    expect(errors).toEqual([new Error('gone')]);
    for (const wrong of [-0.1, 1.1, Number.NaN])
      await expect(progress.tell(wrong)).rejects.toThrow(RangeError);
  });
});
