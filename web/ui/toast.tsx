import { lazy, type ReactNode, Suspense, useSyncExternalStore } from 'react';
import type { Problem } from '../api/problem.ts';

const UNDO = 8_000;

const Toaster = lazy(() => import('./toaster.tsx').then((m) => ({ default: m.Toasts })));

/** Whether anything was said yet: before, nothing of it is loaded. */
let begun = false;
const listeners = new Set<() => void>();
const listen = (told: () => void) => {
  listeners.add(told);
  return () => listeners.delete(told);
};

/** Where what was just done is said. */
export function Toasts(): ReactNode {
  const shown = useSyncExternalStore(listen, () => begun);
  return shown ? (
    <Suspense fallback={null}>
      <Toaster />
    </Suspense>
  ) : null;
}

async function sonner() {
  begun = true;
  for (const listener of listeners) listener();
  const [{ toast }] = await Promise.all([import('sonner'), import('./toaster.tsx')]);
  // It shows only what is said after it is there.
  await new Promise((shown) => setTimeout(shown, 50));
  return toast;
}

export function tell(text: string): void {
  void sonner().then((toast) => toast(text));
}

/** Says what was done, with eight seconds to take it back. */
export function tellUndo(text: string, undo: () => void): void {
  void sonner().then((toast) => toast(text, { duration: UNDO, action: { label: 'Undo', onClick: undo } }));
}

export function tellProblem(problem: Problem): void {
  void sonner().then((toast) => toast.error(problem.detail, { duration: UNDO, description: problem.hint }));
}
