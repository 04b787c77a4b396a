import { ChevronDown, X } from 'lucide-react';
import { Popover } from 'radix-ui';
import { type KeyboardEvent, type ReactNode, useId, useState } from 'react';
import { classes } from './classes.ts';
import { CONTROL, useWiring } from './field.tsx';
import type { Option } from './options.ts';

export interface ComboboxProps {
  readonly value: string;
  /** What the chosen one is called. */
  readonly chosen: string;
  readonly onChange: (value: string, label: string) => void;
  readonly onSearch: (text: string) => void;
  readonly options: readonly Option[];
  readonly loading?: boolean;
  readonly placeholder?: string;
}

/** One of many, found by typing. Arrow keys and Enter choose, Escape leaves it as it was. */
export function Combobox(props: ComboboxProps): ReactNode {
  const { value, chosen, onChange, onSearch, options, loading, placeholder = 'Search' } = props;
  const [open, setOpen] = useState(false);
  const [text, setText] = useState('');
  const [active, setActive] = useState(0);
  const list = useId();
  const wiring = useWiring();
  const choose = (option: Option | undefined) => {
    if (!option) return;
    onChange(option.value, option.label);
    setOpen(false);
  };
  const begin = () => {
    setText('');
    onSearch('');
    setActive(0);
    setOpen(true);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (!open && ['ArrowDown', 'Enter'].includes(event.key)) {
      event.preventDefault();
      begin();
      return;
    }
    if (event.key === 'ArrowDown') setActive(Math.min(active + 1, options.length - 1));
    else if (event.key === 'ArrowUp') setActive(Math.max(active - 1, 0));
    else if (event.key === 'Enter') choose(options[active]);
    else if (event.key === 'Escape') setOpen(false);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Anchor asChild>
        <span className="relative block">
          <input
            {...wiring}
            role="combobox"
            aria-expanded={open}
            aria-controls={list}
            aria-autocomplete="list"
            aria-activedescendant={open && options[active] ? `${list}${active}` : undefined}
            autoComplete="off"
            placeholder={placeholder}
            value={open ? text : chosen}
            onClick={() => !open && begin()}
            onKeyDown={onKeyDown}
            onBlur={() => setOpen(false)}
            onChange={(event) => {
              setText(event.target.value);
              setActive(0);
              setOpen(true);
              onSearch(event.target.value);
            }}
            className={classes(CONTROL, 'h-9 pr-9')}
          />
          {value ? (
            <button
              type="button"
              aria-label="Clear"
              onClick={() => onChange('', '')}
              className="absolute inset-y-0 right-0 inline-flex w-9 items-center justify-center rounded-md text-faint hover:text-ink"
            >
              <X aria-hidden size={15} />
            </button>
          ) : (
            <ChevronDown
              aria-hidden
              size={15}
              className="pointer-events-none absolute top-2.5 right-2.5 text-faint"
            />
          )}
        </span>
      </Popover.Anchor>
      <Popover.Portal>
        <Popover.Content
          align="start"
          sideOffset={4}
          onOpenAutoFocus={(event) => event.preventDefault()}
          onCloseAutoFocus={(event) => event.preventDefault()}
          className="z-[60] w-[var(--radix-popover-trigger-width)] rounded-lg border border-line bg-raised p-1 shadow-pop"
        >
          <div
            id={list}
            role="listbox"
            aria-label={placeholder}
            className="scroll-thin max-h-60 overflow-y-auto"
          >
            {options.map((option, i) => (
              // biome-ignore lint/a11y/useKeyWithClickEvents: keys are taken by the input, which keeps the focus
              <div
                key={option.value}
                id={`${list}${i}`}
                role="option"
                tabIndex={-1}
                aria-selected={option.value === value}
                onMouseDown={(event) => event.preventDefault()}
                onClick={() => choose(option)}
                className={classes(
                  'cursor-pointer truncate rounded-md px-2 py-1.5',
                  i === active ? 'bg-sunken' : 'hover:bg-sunken',
                )}
              >
                {option.label}
              </div>
            ))}
          </div>
          {options.length === 0 && (
            <p className="px-2 py-1.5 text-faint">{loading ? 'Searching …' : 'Nothing found'}</p>
          )}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
