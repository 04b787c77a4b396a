import { Popover } from 'radix-ui';
import { type ReactNode, useState } from 'react';
import { Button } from '../../../ui/button.tsx';
import { Field } from '../../../ui/field.tsx';
import type { ListState } from '../../../ui/list-state.ts';
import { MoneyInput } from '../../../ui/money-input.tsx';

export interface PriceMenuProps {
  readonly state: ListState;
  readonly from: string;
  readonly to: string;
  readonly currency: string;
}

/** Between which prices. */
export default function PriceMenu(props: PriceMenuProps & { readonly trigger: ReactNode }): ReactNode {
  const { state, from, to, currency } = props;
  return (
    <Popover.Root defaultOpen>
      <Popover.Trigger asChild>{props.trigger}</Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          align="start"
          sideOffset={4}
          collisionPadding={8}
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
