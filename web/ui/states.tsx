import { type LucideIcon, RotateCw, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { asProblem } from '../api/problem.ts';
import { Button } from './button.tsx';
import { classes } from './classes.ts';

/** A grey shape where something will stand. */
export function Skeleton({ className }: { readonly className?: string }): ReactNode {
  return <span aria-hidden className={classes('block animate-pulse rounded-sm bg-sunken', className)} />;
}

/** Lines that stand in for text or rows while they are loaded. */
export function SkeletonRows({ rows = 6 }: { readonly rows?: number }): ReactNode {
  return (
    <div role="status" aria-label="Loading" className="space-y-3 p-4">
      {Array.from({ length: rows }, (_, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they are all alike
        <Skeleton key={i} className={classes('h-4', ['w-11/12', 'w-3/4', 'w-5/6', 'w-2/3'][i % 4])} />
      ))}
    </div>
  );
}

export interface EmptyProps {
  readonly icon?: LucideIcon;
  readonly title: string;
  readonly children?: ReactNode;
  /** What to do next. */
  readonly action?: ReactNode;
}

/** Says that there is nothing here, why, and what to do. */
export function Empty({ icon: Icon, title, children, action }: EmptyProps): ReactNode {
  return (
    <div className="flex flex-col items-center gap-2 px-6 py-14 text-center">
      {Icon && (
        <span className="mb-1 inline-flex size-11 items-center justify-center rounded-lg bg-sunken text-faint">
          <Icon aria-hidden size={22} />
        </span>
      )}
      <p className="font-semibold">{title}</p>
      {children && <div className="max-w-md text-soft">{children}</div>}
      {action && <div className="mt-3 flex flex-wrap justify-center gap-2">{action}</div>}
    </div>
  );
}

/** Says what could not be loaded or done, how to mend it, and tries again. */
export function ProblemState(props: { readonly error: unknown; readonly onRetry?: () => void }): ReactNode {
  const { detail, hint, code } = asProblem(props.error);
  return (
    <div role="alert" className="flex flex-col items-center gap-2 px-6 py-14 text-center">
      <span className="mb-1 inline-flex size-11 items-center justify-center rounded-lg bg-bad-soft text-bad">
        <TriangleAlert aria-hidden size={22} />
      </span>
      <p className="font-semibold">{detail}</p>
      {hint && <p className="max-w-md text-soft">{hint}</p>}
      <p className="text-xs text-faint">{code}</p>
      {props.onRetry && (
        <Button icon={RotateCw} className="mt-2" onClick={props.onRetry}>
          Try again
        </Button>
      )}
    </div>
  );
}

export interface LoadedProps<T> {
  readonly of: {
    readonly data: T | undefined;
    readonly error: unknown;
    refetch(): unknown;
  };
  readonly loading?: ReactNode;
  readonly children: (data: T) => ReactNode;
}

/** What was read, or the state it is in: loading, or failed with a way to try again. */
export function Loaded<T>({ of, loading, children }: LoadedProps<T>): ReactNode {
  if (of.data !== undefined) return children(of.data);
  if (of.error) return <ProblemState error={of.error} onRetry={() => void of.refetch()} />;
  return loading ?? <SkeletonRows />;
}
