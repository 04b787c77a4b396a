import { LoaderCircle, type LucideIcon } from 'lucide-react';
import { Slot } from 'radix-ui';
import type { ComponentProps, ReactNode } from 'react';
import { classes } from './classes.ts';

type Look = 'primary' | 'plain' | 'quiet' | 'danger';

const LOOKS: Record<Look, string> = {
  primary: 'bg-accent text-on-accent hover:bg-accent-strong border-transparent',
  plain: 'bg-paper text-ink border-line-strong/50 hover:bg-sunken',
  quiet: 'bg-transparent text-soft border-transparent hover:bg-sunken hover:text-ink',
  danger: 'bg-paper text-bad border-bad/50 hover:bg-bad-soft',
};

const SHAPE =
  'inline-flex items-center justify-center gap-1.5 rounded-md border font-medium whitespace-nowrap select-none transition-colors disabled:opacity-55 disabled:pointer-events-none aria-disabled:opacity-55';

const SIZES = { md: 'h-9 px-3 text-base', sm: 'h-8 px-2.5 text-sm' };

export interface ButtonProps extends Omit<ComponentProps<'button'>, 'type'> {
  readonly look?: Look;
  readonly size?: keyof typeof SIZES;
  readonly icon?: LucideIcon;
  /** Shows that it works, and takes no second press meanwhile. */
  readonly busy?: boolean | undefined;
  readonly type?: 'button' | 'submit';
  /** Gives its look to the one child, such as a link. */
  readonly asChild?: boolean;
}

/** A button with words. */
export function Button({
  look = 'plain',
  size = 'md',
  icon: Icon,
  busy = false,
  asChild = false,
  type = 'button',
  className,
  children,
  disabled,
  ...rest
}: ButtonProps): ReactNode {
  const look_ = classes(SHAPE, SIZES[size], LOOKS[look], className);
  if (asChild)
    return (
      <Slot.Root className={look_} {...rest}>
        {children}
      </Slot.Root>
    );
  return (
    <button type={type} className={look_} disabled={disabled || busy} aria-busy={busy || undefined} {...rest}>
      {busy ? (
        <LoaderCircle aria-hidden size={16} className="animate-spin" />
      ) : (
        Icon && <Icon aria-hidden size={16} />
      )}
      {children}
    </button>
  );
}

export interface IconButtonProps extends Omit<ComponentProps<'button'>, 'type' | 'children'> {
  readonly icon: LucideIcon;
  /** What it does; also shown as its tooltip. */
  readonly label: string;
  readonly size?: 'md' | 'sm';
}

/** A button that is an icon; its label is read to those who do not see it. */
export function IconButton({
  icon: Icon,
  label,
  size = 'md',
  className,
  ...rest
}: IconButtonProps): ReactNode {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      className={classes(
        'inline-flex shrink-0 items-center justify-center rounded-md text-soft hover:bg-sunken hover:text-ink disabled:opacity-55',
        size === 'md' ? 'size-9' : 'size-8',
        className,
      )}
      {...rest}
    >
      <Icon aria-hidden size={size === 'md' ? 18 : 16} />
    </button>
  );
}
