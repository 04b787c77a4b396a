import { type ReactNode, useState } from 'react';
import { readDecimal, writeDecimal } from './decimal.ts';
import { TextInput } from './field.tsx';

export interface MoneyInputProps {
  /** A decimal string, as the API has it. */
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly currency?: string;
}

/** An amount; grouped by thousands while nobody types in it. What is no amount is kept and left to the server’s word. */
export function MoneyInput({ value, onChange, currency }: MoneyInputProps): ReactNode {
  const [typed, setTyped] = useState<string>();
  return (
    <span className="relative block">
      {currency && (
        <span
          aria-hidden
          className="pointer-events-none absolute inset-y-0 left-2.5 flex items-center text-sm text-faint"
        >
          {currency}
        </span>
      )}
      <TextInput
        value={typed ?? writeDecimal(value)}
        inputMode="decimal"
        className={currency ? 'pl-12 tabular' : 'tabular'}
        onFocus={() => setTyped(value)}
        onBlur={() => setTyped(undefined)}
        onChange={(text) => {
          setTyped(text);
          onChange(readDecimal(text) ?? text);
        }}
      />
    </span>
  );
}
