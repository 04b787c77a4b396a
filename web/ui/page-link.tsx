import { useRouter } from '@tanstack/react-router';
import type { ComponentProps, MouseEvent, ReactNode } from 'react';

export interface PageLinkProps extends Omit<ComponentProps<'a'>, 'href'> {
  /** The whole address, with its search: `/o/oddfern/contacts?q=ada`. */
  readonly to: string;
}

/**
 * A link within the application; modified clicks open a tab, as everywhere. Pages have many, so it asks the router for
 * nothing while it is drawn, only when it is meant: the page's code is loaded when it is pointed at.
 */
export function PageLink({ to, onClick, ...rest }: PageLinkProps): ReactNode {
  const router = useRouter();
  const preload = () => {
    const { pathname } = new URL(to, location.origin);
    router.preloadRoute({ to: pathname as never }).catch(() => {});
  };
  const go = (event: MouseEvent<HTMLAnchorElement>) => {
    onClick?.(event);
    if (event.defaultPrevented || event.button !== 0 || rest.target) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    router.history.push(to);
  };
  return <a href={to} onClick={go} onPointerEnter={preload} onFocus={preload} {...rest} />;
}
