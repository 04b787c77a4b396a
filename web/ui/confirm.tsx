import { lazy, type ReactNode, Suspense } from 'react';

export interface ConfirmProps {
  readonly title: string;
  readonly children: ReactNode;
  /** What the button does: `Delete listing`. */
  readonly action: string;
  readonly danger?: boolean;
  readonly busy?: boolean;
  /** A word that has to be typed, where it cannot be undone. */
  readonly word?: string;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}

const ConfirmDialog = lazy(() => import('./confirm-dialog.tsx').then((m) => ({ default: m.ConfirmDialog })));

/** Asks before something that cannot be undone. */
export function Confirm(props: ConfirmProps): ReactNode {
  return (
    <Suspense fallback={null}>
      <ConfirmDialog {...props} />
    </Suspense>
  );
}
