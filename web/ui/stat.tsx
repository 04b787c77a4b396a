import type { ReactNode } from 'react';
import { PageLink } from './page-link.tsx';

export interface StatProps {
  readonly label: string;
  readonly value: ReactNode;
  readonly note?: ReactNode;
  readonly to?: string;
}

/** A figure with what it counts, leading to what it is made of. */
export function Stat({ label, value, note, to }: StatProps): ReactNode {
  const body = (
    <>
      <span className="block text-sm text-soft">{label}</span>
      <span className="tabular mt-1 block text-2xl font-semibold tracking-tight">{value}</span>
      {note && <span className="mt-0.5 block text-sm text-faint">{note}</span>}
    </>
  );
  const look = 'block min-w-0 rounded-lg border border-line bg-paper px-4 py-3';
  return to ? (
    <PageLink to={to} className={`${look} hover:border-line-strong`}>
      {body}
    </PageLink>
  ) : (
    <div className={look}>{body}</div>
  );
}
