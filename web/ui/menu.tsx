import { Ellipsis, type LucideIcon } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import type { ReactNode } from 'react';
import { IconButton } from './button.tsx';
import { classes } from './classes.ts';

export interface MenuItem {
  readonly label: string;
  readonly icon?: LucideIcon;
  readonly onSelect: () => void;
  readonly danger?: boolean;
  readonly disabled?: boolean;
}

export interface MenuProps {
  /** What it is a menu of: `More for Ada Lovelace`. */
  readonly label: string;
  /** `false` entries are left out, which makes conditions short. */
  readonly items: readonly (MenuItem | false)[];
  /** What opens it; three dots where nothing is given. */
  readonly trigger?: ReactNode;
}

/** Things to do that need no button of their own. */
export function Menu({ label, items, trigger }: MenuProps): ReactNode {
  const shown = items.filter((item) => item !== false);
  if (shown.length === 0) return null;
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger asChild>
        {trigger ?? <IconButton icon={Ellipsis} label={label} size="sm" />}
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align="end"
          sideOffset={4}
          aria-label={label}
          className="z-50 min-w-48 rounded-lg border border-line bg-raised p-1 shadow-pop"
        >
          {shown.map(({ label: text, icon: Icon, onSelect, danger, disabled }) => (
            <DropdownMenu.Item
              key={text}
              disabled={disabled ?? false}
              onSelect={onSelect}
              className={classes(
                'flex cursor-pointer items-center gap-2.5 rounded-md px-2 py-1.5 outline-none select-none data-[disabled]:opacity-50 data-[highlighted]:bg-sunken',
                danger && 'text-bad',
              )}
            >
              {Icon && <Icon aria-hidden size={16} />}
              {text}
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
