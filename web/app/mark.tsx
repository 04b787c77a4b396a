import type { ReactNode } from 'react';

/** The mark: a corner of a parcel and its line. */
export function Mark({ size = 24 }: { readonly size?: number }): ReactNode {
  return <img src="/mark.svg" alt="" width={size} height={size} />;
}
