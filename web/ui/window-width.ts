import { useSyncExternalStore } from 'react';

function listen(told: () => void): () => void {
  addEventListener('resize', told);
  return () => removeEventListener('resize', told);
}

/** The width of the window in pixels. */
export const useWindowWidth = (): number => useSyncExternalStore(listen, () => innerWidth);
