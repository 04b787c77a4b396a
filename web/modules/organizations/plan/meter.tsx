import type { ReactNode } from 'react';
import { classes } from '../../../ui/classes.ts';
import { number } from '../../../ui/format.ts';

export interface MeterProps {
  readonly label: string;
  readonly used: number;
  /** Null is without limit. */
  readonly limit: number | null | undefined;
  readonly format?: (value: number) => string;
}

/** How much of a limit is used; warns from nine tenths on. */
export function Meter({ label, used, limit, format = number }: MeterProps): ReactNode {
  const part = limit ? Math.min(1, used / limit) : 0;
  return (
    <div>
      <p className="flex justify-between gap-3">
        <span>{label}</span>
        <span className="tabular text-soft">
          {format(used)} of {limit === null || limit === undefined ? 'any number' : format(limit)}
        </span>
      </p>
      <div
        role="meter"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={limit ?? used}
        aria-valuenow={used}
        className="mt-1 h-1.5 overflow-hidden rounded-full bg-sunken"
      >
        <div
          className={classes('h-full', part >= 0.9 ? 'bg-warn' : 'bg-accent')}
          style={{ width: `${part * 100}%` }}
        />
      </div>
    </div>
  );
}
