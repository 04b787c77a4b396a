import type { ReactNode } from 'react';
import { Toaster } from 'sonner';

/** Where toasts are shown; loaded with the first of them. */
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
