import type { ReactNode } from 'react';
import { Toaster, toast } from 'sonner';
import type { Problem } from '../api/problem.ts';

const UNDO = 8_000;

/** Where what was just done is said. */
export function Toasts(): ReactNode {
  return (
    <Toaster
      position="bottom-center"
      toastOptions={{
        unstyled: true,
        classNames: {
          toast:
            'flex w-full items-center gap-3 rounded-lg border border-line bg-raised px-4 py-3 text-base text-ink shadow-pop',
          title: 'font-medium',
          description: 'text-sm text-soft',
          actionButton:
            'ml-auto shrink-0 rounded-md border border-line-strong px-2.5 py-1 text-sm font-semibold hover:bg-sunken',
          error: 'border-bad/50',
        },
      }}
    />
  );
}

export function tell(text: string): void {
  toast(text);
}

/** Says what was done, with eight seconds to take it back. */
export function tellUndo(text: string, undo: () => void): void {
  toast(text, { duration: UNDO, action: { label: 'Undo', onClick: undo } });
}

export function tellProblem(problem: Problem): void {
  toast.error(problem.detail, { duration: UNDO, description: problem.hint });
}
