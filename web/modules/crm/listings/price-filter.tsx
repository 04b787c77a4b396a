import { Popover } from 'radix-ui';
import { type ReactNode, useState } from 'react';
import { useOrganization } from '../../../api/organization.tsx';
import { Button } from '../../../ui/button.tsx';
import { classes } from '../../../ui/classes.ts';
import { Field } from '../../../ui/field.tsx';
import { money } from '../../../ui/format.ts';
import type { ListState } from '../../../ui/list-state.ts';
import { MoneyInput } from '../../../ui/money-input.tsx';

/** Narrows listings by price. */
export function PriceFilter({ state }: { readonly state: ListState }): ReactNode {
  const { currency } = useOrganization();
  const [from, to] = [state.chosen.from?.[0] ?? '', state.chosen.to?.[0] ?? ''];
  const shown = [from && `from ${money(from, currency, true)}`, to && `to ${money(to, currency, true)}`];
  const chosen = shown.filter(Boolean).join(' ');
  return (
    <Popover.Root>
      <Popover.Trigger
        className={classes(
          'inline-flex h-9 items-center rounded-md border px-2.5 whitespace-nowrap',
          chosen
            ? 'border-accent bg-accent-soft font-medium text-accent-strong'
            : 'border-line-strong/50 bg-paper text-soft hover:bg-sunken',
        )}
      >
        Price{chosen && `: ${chosen}`}
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          align="start"
          sideOffset={4}
          className="z-50 w-64 rounded-lg border border-line bg-raised p-3 shadow-pop"
        >
          <Bounds
            from={from}
            to={to}
            currency={currency}
            onChange={(low, high) => {
              state.choose({ from: low ? [low] : [], to: high ? [high] : [] });
            }}
          />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

function Bounds(props: {
  readonly from: string;
  readonly to: string;
  readonly currency: string;
  readonly onChange: (from: string, to: string) => void;
}): ReactNode {
  const [from, setFrom] = useState(props.from);
  const [to, setTo] = useState(props.to);
  return (
    <form
      className="space-y-3"
      onSubmit={(event) => {
        event.preventDefault();
        props.onChange(from, to);
      }}
    >
      <Field label="From">
        <MoneyInput value={from} onChange={setFrom} currency={props.currency} />
      </Field>
      <Field label="To">
        <MoneyInput value={to} onChange={setTo} currency={props.currency} />
      </Field>
      <Popover.Close asChild>
        <Button
          type="submit"
          look="primary"
          size="sm"
          className="w-full"
          onClick={() => props.onChange(from, to)}
        >
          Apply
        </Button>
      </Popover.Close>
    </form>
  );
}
