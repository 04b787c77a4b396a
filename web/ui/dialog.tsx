import { X } from 'lucide-react';
import { Dialog } from 'radix-ui';
import type { ReactNode } from 'react';
import { IconButton } from './button.tsx';
import { classes } from './classes.ts';

export interface ModalProps {
  readonly title: string;
  readonly description?: ReactNode;
  readonly onClose: () => void;
  /** `md` for forms, `lg` for what needs room. */
  readonly width?: 'md' | 'lg';
  readonly children: ReactNode;
}

/** How a panel over the page looks: at the bottom on phones, else in the middle. */
export const PANEL =
  'fixed z-50 flex flex-col overflow-hidden border-line bg-raised shadow-pop inset-x-0 bottom-0 max-h-[94dvh] rounded-t-lg border-t md:inset-auto md:top-1/2 md:left-1/2 md:max-h-[88dvh] md:-translate-x-1/2 md:-translate-y-1/2 md:rounded-lg md:border';

/** A dialog over the page; a sheet from below on phones. A press outside does not close it, since that would lose what was typed. */
export function Modal({ title, description, onClose, width = 'md', children }: ModalProps): ReactNode {
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-scrim" />
        <Dialog.Content
          {...(description ? {} : { 'aria-describedby': undefined })}
          onInteractOutside={(event) => event.preventDefault()}
          className={classes(PANEL, width === 'md' ? 'md:w-[34rem]' : 'md:w-[min(56rem,94vw)]')}
        >
          <div className="flex items-start gap-2 border-b border-line px-4 py-3 md:px-5">
            <div className="min-w-0 flex-1">
              <Dialog.Title className="text-lg font-semibold">{title}</Dialog.Title>
              {description && <Dialog.Description className="text-soft">{description}</Dialog.Description>}
            </div>
            <Dialog.Close asChild>
              <IconButton icon={X} label="Close" size="sm" />
            </Dialog.Close>
          </div>
          <div className="scroll-thin min-h-0 overflow-y-auto px-4 pt-4 md:px-5">
            {children}
            <div className="h-px" />
          </div>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
