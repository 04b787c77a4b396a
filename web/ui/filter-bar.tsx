import { ChevronDown, Search, X } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { Button } from './button.tsx';
import { classes } from './classes.ts';
import type { ListState } from './list-state.ts';
import { useShortcut } from './shortcut.ts';

/** A field that a list is narrowed by, with its values. */
export interface Filter {
  readonly field: string;
  readonly label: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
}

export interface FilterBarProps {
  readonly state: ListState;
  readonly filters: readonly Filter[];
  readonly placeholder: string;
  readonly children?: ReactNode;
}

const PAUSE = 200;

/** The search and the filters of a list; `/` leads into the search. */
export function FilterBar({ state, filters, placeholder, children }: FilterBarProps): ReactNode {
  return (
    <div className="flex flex-wrap items-center gap-2 pb-3">
      <SearchInput value={state.q} onChange={state.setQ} placeholder={placeholder} />
      {filters.map((filter) => (
        <FilterMenu
          key={filter.field}
          filter={filter}
          chosen={state.chosen[filter.field] ?? []}
          onChoose={(values) => state.choose({ [filter.field]: values })}
        />
      ))}
      {state.filtered && (
        <Button look="quiet" icon={X} onClick={state.clear}>
          Clear
        </Button>
      )}
      {children}
    </div>
  );
}

function SearchInput(props: {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly placeholder: string;
}): ReactNode {
  const { value, onChange, placeholder } = props;
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(value);
  const told = useRef(value);
  useShortcut('/', () => input.current?.focus());
  useEffect(() => {
    if (value === told.current) return;
    told.current = value;
    setText(value);
  }, [value]);
  useEffect(() => {
    if (text === told.current) return;
    const timer = setTimeout(() => {
      told.current = text;
      onChange(text);
    }, PAUSE);
    return () => clearTimeout(timer);
  }, [text, onChange]);
  return (
    <label className="relative min-w-44 flex-1 md:max-w-72">
      <span className="sr-only">{placeholder}</span>
      <Search aria-hidden size={16} className="pointer-events-none absolute top-2.5 left-2.5 text-faint" />
      <input
        ref={input}
        type="search"
        value={text}
        placeholder={placeholder}
        onChange={(event) => setText(event.target.value)}
        className="h-9 w-full rounded-md border border-line-strong/60 bg-paper pr-2 pl-8 text-lg md:text-base"
      />
    </label>
  );
}

function FilterMenu(props: {
  readonly filter: Filter;
  readonly chosen: readonly string[];
  readonly onChoose: (values: readonly string[]) => void;
}): ReactNode {
  const { filter, chosen, onChoose } = props;
  const labels = filter.options.filter((o) => chosen.includes(o.value)).map((o) => o.label);
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger
        className={classes(
          'inline-flex h-9 items-center gap-1.5 rounded-md border px-2.5 whitespace-nowrap',
          chosen.length > 0
            ? 'border-accent bg-accent-soft font-medium text-accent-strong'
            : 'border-line-strong/50 bg-paper text-soft hover:bg-sunken',
        )}
      >
        {filter.label}
        {labels.length > 0 && `: ${labels.length > 2 ? labels.length : labels.join(', ')}`}
        <ChevronDown aria-hidden size={14} />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align="start"
          sideOffset={4}
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
