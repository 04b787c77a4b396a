import { Dialog } from 'radix-ui';
import type { ReactNode } from 'react';

/** The navigation on phones, over the page. */
export function Drawer(props: { readonly onClose: () => void; readonly children: ReactNode }): ReactNode {
  return (
    <Dialog.Root open onOpenChange={(open) => !open && props.onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-scrim" />
        <Dialog.Content
          aria-describedby={undefined}
          className="fixed inset-y-0 left-0 z-40 flex w-72 max-w-[85vw] bg-paper shadow-pop"
        >
          <Dialog.Title className="sr-only">Navigation</Dialog.Title>
          {props.children}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
