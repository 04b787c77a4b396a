import { ChevronDown, Search, X } from 'lucide-react';
import { lazy, type ReactNode, useEffect, useRef, useState } from 'react';
import { Button } from './button.tsx';
import { classes } from './classes.ts';
import type { FilterMenuProps } from './filter-menu.tsx';
import type { ListState } from './list-state.ts';
import { OnDemand } from './on-demand.tsx';
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
        <FilterButton
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

const FilterMenu = lazy(() => import('./filter-menu.tsx'));

function FilterButton(props: FilterMenuProps): ReactNode {
  const { filter, chosen } = props;
  const labels = filter.options.filter((o) => chosen.includes(o.value)).map((o) => o.label);
  return (
    <OnDemand
      className={filterLook(chosen.length > 0)}
      face={
        <>
          {filter.label}
          {labels.length > 0 && `: ${labels.length > 2 ? labels.length : labels.join(', ')}`}
          <ChevronDown aria-hidden size={14} />
        </>
      }
      menu={FilterMenu}
      menuProps={props}
    />
  );
}

/** A button that narrows a list, and whether it does. */
export const filterLook = (on: boolean) =>
  classes(
    'inline-flex h-9 items-center gap-1.5 rounded-md border px-2.5 whitespace-nowrap',
    on
      ? 'border-accent bg-accent-soft font-medium text-accent-strong'
      : 'border-line-strong/50 bg-paper text-soft hover:bg-sunken',
  );
