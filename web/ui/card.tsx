import type { ReactNode } from 'react';
import { classes } from './classes.ts';

export interface CardProps {
  readonly title?: ReactNode;
  readonly actions?: ReactNode;
  /** Without padding, for lists and tables. */
  readonly flush?: boolean;
  readonly className?: string;
  readonly children: ReactNode;
}

/** A part of a page. */
export function Card({ title, actions, flush, className, children }: CardProps): ReactNode {
  return (
    <section className={classes('min-w-0 rounded-lg border border-line bg-paper', className)}>
      {(title || actions) && (
        <div className="flex min-h-11 flex-wrap items-center gap-2 border-b border-line px-4 py-1.5">
          <h2 className="min-w-0 flex-1 font-semibold">{title}</h2>
          {actions}
        </div>
      )}
      <div className={flush ? '' : 'p-4'}>{children}</div>
    </section>
  );
}

/** What is known of a record, line by line. */
export function Facts({ children }: { readonly children: ReactNode }): ReactNode {
  return <dl className="space-y-2">{children}</dl>;
}

export function Fact(props: { readonly label: string; readonly children: ReactNode }): ReactNode {
  const empty =
    props.children === null ||
    props.children === undefined ||
    props.children === false ||
    props.children === '';
  return (
    <div className="grid grid-cols-[7.5rem_1fr] gap-2">
      <dt className="text-soft">{props.label}</dt>
      <dd className="min-w-0 break-words [&_a]:text-accent [&_a]:underline">
        {empty ? <span className="text-faint">–</span> : props.children}
      </dd>
    </div>
  );
}
