import type { ReactNode } from 'react';
import { Button } from './button.tsx';

export interface ProgressProps {
  readonly label: string;
  /** From 0 to 1; undefined where it cannot be told. */
  readonly value?: number | undefined;
  readonly onStop?: () => void;
}

/** How far a long work has come, and the way to stop it. */
export function Progress({ label, value, onStop }: ProgressProps): ReactNode {
  const percent = value === undefined ? undefined : Math.round(value * 100);
  return (
    <div className="flex items-center gap-3">
      <div className="min-w-0 flex-1">
        <p className="flex justify-between gap-2 text-sm">
          <span className="truncate">{label}</span>
          {percent !== undefined && <span className="tabular text-faint">{percent} %</span>}
        </p>
        <div
          role="progressbar"
          aria-label={label}
          aria-valuemin={0}
          aria-valuemax={100}
          aria-valuenow={percent}
          className="mt-1 h-1.5 overflow-hidden rounded-full bg-sunken"
        >
          <div
            className={
              percent === undefined
                ? 'h-full w-1/3 animate-pulse bg-accent'
                : 'h-full bg-accent transition-[width]'
            }
            style={percent === undefined ? undefined : { width: `${percent}%` }}
          />
        </div>
      </div>
      {onStop && (
        <Button size="sm" onClick={onStop}>
          Stop
        </Button>
      )}
    </div>
  );
}
