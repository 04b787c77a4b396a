import { DropdownMenu } from 'radix-ui';
import type { ReactNode } from 'react';
import { classes } from './classes.ts';
import type { Filter } from './filter-bar.tsx';

export interface FilterMenuProps {
  readonly filter: Filter;
  readonly chosen: readonly string[];
  readonly onChoose: (values: readonly string[]) => void;
}

/** The values a list may be narrowed to; it stays open while several are chosen. */
export default function FilterMenu(props: FilterMenuProps & { readonly trigger: ReactNode }): ReactNode {
  const { filter, chosen, onChoose } = props;
  return (
    <DropdownMenu.Root defaultOpen>
      <DropdownMenu.Trigger asChild>{props.trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align="start"
          sideOffset={4}
          collisionPadding={8}
          className="scroll-thin z-50 max-h-[min(60vh,24rem)] min-w-48 overflow-y-auto rounded-lg border border-line bg-raised p-1 shadow-pop"
        >
          {filter.options.map(({ value, label }) => (
            <DropdownMenu.CheckboxItem
              key={value}
              checked={chosen.includes(value)}
              onSelect={(event) => event.preventDefault()}
              onCheckedChange={(on) => onChoose(on ? [...chosen, value] : chosen.filter((v) => v !== value))}
              className="flex items-center gap-2 rounded-md px-2 py-1.5 outline-none select-none data-[highlighted]:bg-sunken"
            >
              <span
                aria-hidden
                className={classes(
                  'inline-flex size-4 items-center justify-center rounded-sm border text-xs',
                  chosen.includes(value) ? 'border-accent bg-accent text-on-accent' : 'border-line-strong',
                )}
              >
                {chosen.includes(value) && '✓'}
              </span>
              {label}
            </DropdownMenu.CheckboxItem>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
