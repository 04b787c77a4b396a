import { Link } from '@tanstack/react-router';
import type { ComponentProps, ReactNode } from 'react';

export interface PageLinkProps extends Omit<ComponentProps<'a'>, 'href'> {
  /** The whole address, with its search: `/o/oddfern/contacts?q=ada`. */
  readonly to: string;
}

/** A link within the application; modified clicks open a tab, as everywhere. */
export function PageLink({ to, ...rest }: PageLinkProps): ReactNode {
  const { pathname, searchParams } = new URL(to, location.origin);
  return (
    <Link to={pathname as never} search={Object.fromEntries(searchParams) as never} {...(rest as object)} />
  );
}
