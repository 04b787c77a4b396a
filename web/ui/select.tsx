import { Check, ChevronDown } from 'lucide-react';
import { Select as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { classes } from './classes.ts';
import { CONTROL, useWiring } from './field.tsx';
import type { Option } from './options.ts';

/** Radix takes no empty value; this one stands for it. */
const NONE = '\u0000';

export interface SelectProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly options: readonly Option[];
  readonly placeholder?: string;
  readonly disabled?: boolean;
  /** Where no field labels it. */
  readonly 'aria-label'?: string;
  readonly className?: string;
}

/** One of a few. */
export function Select({
  value,
  onChange,
  options,
  placeholder,
  className,
  ...rest
}: SelectProps): ReactNode {
  const wiring = useWiring();
  const outside = (inner: string) => (inner === NONE ? '' : inner);
  const inside = (outer: string) => (outer === '' && options.some((o) => o.value === '') ? NONE : outer);
  return (
    <Radix.Root
      value={inside(value)}
      onValueChange={(next) => onChange(outside(next))}
      disabled={rest.disabled ?? false}
    >
      <Radix.Trigger
        {...wiring}
        aria-label={rest['aria-label']}
        className={classes(
          CONTROL,
          'flex h-9 items-center justify-between gap-2 text-left data-[placeholder]:text-faint',
          className,
        )}
      >
        <span className="truncate">
          <Radix.Value placeholder={placeholder ?? 'Choose'} />
        </span>
        <ChevronDown aria-hidden size={15} className="shrink-0 text-faint" />
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          position="popper"
          sideOffset={4}
          className="z-[60] max-h-[min(50vh,20rem)] min-w-[var(--radix-select-trigger-width)] overflow-hidden rounded-lg border border-line bg-raised p-1 shadow-pop"
        >
          <Radix.Viewport>
            {options.map((option) => (
              <Radix.Item
                key={option.value}
                value={option.value === '' ? NONE : option.value}
                className="flex cursor-pointer items-center justify-between gap-3 rounded-md px-2 py-1.5 outline-none select-none data-[highlighted]:bg-sunken"
              >
                <Radix.ItemText>{option.label}</Radix.ItemText>
                <Radix.ItemIndicator>
                  <Check aria-hidden size={15} />
                </Radix.ItemIndicator>
              </Radix.Item>
            ))}
          </Radix.Viewport>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
