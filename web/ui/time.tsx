import type { ReactNode } from 'react';
import { ago, moment } from './format.ts';

/** A moment as a person says it, with the exact one in its title. */
export function Ago({ at }: { readonly at: string | null | undefined }): ReactNode {
  if (!at) return <span className="text-faint">–</span>;
  return (
    <time dateTime={at} title={moment(at)}>
      {ago(at)}
    </time>
  );
}
