import { ToggleGroup } from 'radix-ui';
import type { ReactNode } from 'react';
import type { Option } from './options.ts';

export interface SegmentedProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly options: readonly Option[];
}

/** One of two to four ways to see something. */
export function Segmented({ label, value, onChange, options }: SegmentedProps): ReactNode {
  return (
    <ToggleGroup.Root
      type="single"
      aria-label={label}
      value={value}
      onValueChange={(next) => next && onChange(next)}
      className="inline-flex h-9 rounded-md border border-line-strong/50 bg-paper p-0.5"
    >
      {options.map((o) => (
        <ToggleGroup.Item
          key={o.value}
          value={o.value}
          className="rounded-sm px-2.5 text-sm text-soft hover:text-ink data-[state=on]:bg-accent-soft data-[state=on]:font-medium data-[state=on]:text-accent-strong"
        >
          {o.label}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  );
}
